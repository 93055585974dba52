import type { Environment } from '@vivarium/core/plugin';
import { linuxEnvironment, type Wish, windowsEnvironment } from '@vivarium/test-utils/environments';

interface PlacedWish extends Wish {
  readonly directory?: string;
  readonly os?: 'posix' | 'nt';
}

/** An environment on either platform. */
export function environment({ directory = 'env', os = 'posix', ...wish }: PlacedWish = {}): Environment {
  return os === 'nt'
    ? windowsEnvironment(`C:\\work\\${directory}`, wish)
    : linuxEnvironment(`/srv/work/${directory}`, wish);
}
