import type { Environment } from '@vivarium/core';
import { linuxEnvironment, type Wish, windowsEnvironment } from '@vivarium/test-utils/environments';

interface PlacedWish extends Wish {
  readonly folder?: string;
  readonly os?: 'posix' | 'nt';
}

/** An environment on either platform. */
export function environment({ folder = 'env', os = 'posix', ...wish }: PlacedWish = {}): Environment {
  return os === 'nt' ? windowsEnvironment(`C:\\work\\${folder}`, wish) : linuxEnvironment(`/srv/work/${folder}`, wish);
}
