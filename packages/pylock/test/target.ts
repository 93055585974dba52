import { type MarkerEnvironment, wheelTags } from '@vivarium/packaging';

const environment: MarkerEnvironment = {
  os_name: 'posix',
  sys_platform: 'linux',
  platform_machine: 'x86_64',
  platform_python_implementation: 'CPython',
  platform_release: '6.1.0',
  platform_system: 'Linux',
  platform_version: '#1 SMP',
  python_version: '3.13',
  python_full_version: '3.13.0',
  implementation_name: 'cpython',
  implementation_version: '3.13.0',
};

/** A CPython 3.13 on Linux. */
export const TARGET = {
  environment,
  tags: wheelTags({
    implementation: 'cpython',
    version: [3, 13],
    platform: { system: 'linux', machine: 'x86_64', libc: { name: 'glibc', version: [2, 36] } },
  }),
};
