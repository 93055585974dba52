import type { Spec, VersionSpec } from '@vivarium/core';

/** The shortest text that {@link parseSpec} reads as this spec: `cpython3.13t-64-arm64`, `>=3.9,<3.13`, a path. */
export function formatSpec(spec: Spec): string {
  return spec.kind === 'path' ? spec.path : formatVersionSpec(spec);
}

function formatVersionSpec(spec: VersionSpec): string {
  const numbers = [spec.major, spec.minor, spec.micro].filter((part) => part !== undefined);
  const version = spec.range ?? numbers.join('.');
  const name = spec.implementation ?? (version === '' ? 'python' : '');
  return [name, version, formatBuild(spec, version), spec.bits && `-${spec.bits}`, spec.machine && `-${spec.machine}`]
    .filter(Boolean)
    .join('');
}

function formatBuild(spec: VersionSpec, version: string): string {
  if (spec.range === undefined && version !== '') return `${spec.isFreeThreaded ? 't' : ''}${spec.isDebug ? 'd' : ''}`;
  const gil = spec.isFreeThreaded === false && version === '' ? '+gil' : '';
  return `${spec.isFreeThreaded ? '+freethreaded' : gil}${spec.isDebug ? '+debug' : ''}`;
}
