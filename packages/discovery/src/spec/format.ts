import type { Spec, VersionSpec } from '@vivarium/core/plugin';

/** The shortest text that {@link parseSpec} reads as this spec: `cpython3.13t-64-arm64`, `>=3.9,<3.13`, a path. */
export function formatSpec(spec: Spec): string {
  return spec.kind === 'path' ? spec.path : formatVersionSpec(spec);
}

function formatVersionSpec(spec: VersionSpec): string {
  const numbers = [spec.major, spec.minor, spec.micro].filter((part) => part !== undefined);
  const version = spec.range ?? numbers.join('.');
  if (spec.platform !== undefined || spec.libc !== undefined) return formatKey(spec, version);
  const name = spec.implementation ?? (version === '' ? 'python' : '');
  const release = spec.implementationVersion && `-${spec.implementationVersion}`;
  const place = [spec.bits && `-${spec.bits}`, spec.machine && `-${spec.machine}`];
  return [name, version, formatBuild(spec, version), release, ...place].filter(Boolean).join('');
}

/** The form that has a place for the system: uv's. */
function formatKey(spec: VersionSpec, version: string): string {
  const systems = { linux: 'linux', darwin: 'macos', win32: 'windows' } as const;
  const system = spec.platform === undefined ? 'any' : systems[spec.platform];
  const libc = { glibc: 'gnu', musl: 'musl' } as const;
  const number = version === '' ? 'any' : `${version.replace(/^==/, '')}${formatBuild(spec, version)}`;
  const parts = [spec.implementation ?? 'python', number, system, spec.machine ?? 'any'];
  return [...parts, spec.libc === undefined ? 'none' : libc[spec.libc]].join('-');
}

function formatBuild(spec: VersionSpec, version: string): string {
  if (spec.range === undefined && version !== '') return `${spec.isFreeThreaded ? 't' : ''}${spec.isDebug ? 'd' : ''}`;
  const gil = spec.isFreeThreaded === false && version === '' ? '+gil' : '';
  return `${spec.isFreeThreaded ? '+freethreaded' : gil}${spec.isDebug ? '+debug' : ''}`;
}
