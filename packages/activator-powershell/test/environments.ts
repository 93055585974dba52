import type { Environment } from '@vivarium/core/plugin';
import { type EnvironmentRequest, linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';

interface PlacedRequest extends EnvironmentRequest {
  readonly directory?: string;
  readonly os?: 'posix' | 'nt';
}

/** An environment on either platform. */
export function environment({ directory = 'env', os = 'posix', ...request }: PlacedRequest = {}): Environment {
  return os === 'nt'
    ? windowsEnvironment(`C:\\work\\${directory}`, request)
    : linuxEnvironment(`/srv/work/${directory}`, request);
}
