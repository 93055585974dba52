import { formatMinorVersion, type Interpreter } from '@vivarium/core/host';

/** A Python as the name of a directory has it, in the words of `-p`: `3.12`, `3.13t`, `3.11d`, `pypy3.10`. */
export function namePython({ implementation, version, isFreeThreaded, isDebug }: Interpreter): string {
  const name = implementation === 'CPython' ? '' : implementation.toLowerCase();
  return `${name}${formatMinorVersion(version)}${isFreeThreaded ? 't' : ''}${isDebug ? 'd' : ''}`;
}
