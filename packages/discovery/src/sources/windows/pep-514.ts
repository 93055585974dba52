import { win32 } from 'node:path';
import type { VersionSpec } from '@vivarium/core/plugin';
import type { RegistryKey } from './query.ts';

/** A Python that is registered with Windows as PEP 514 describes. */
export interface RegisteredPython {
  /** `PythonCore` for those of python.org. */
  readonly company: string;
  readonly tag: string;
  readonly executable: string;
  /** Empty where the registration does not tell. */
  readonly version: readonly number[];
  readonly bits?: 32 | 64;
  readonly isFreeThreaded: boolean;
}

// These register CPython; of others only the probe can tell.
const CPYTHON: readonly string[] = ['PythonCore', 'ContinuumAnalytics', 'Astral'];

/**
 * The Pythons in the keys below `Software\Python`, newest first, those of python.org before others of the same version.
 * The launcher's own key is left out, as PEP 514 asks.
 *
 * @param defaultBits what an installation is that does not say so: that of the registry's view it stands in
 */
export function registeredPythons(keys: readonly RegistryKey[], defaultBits?: 32 | 64): readonly RegisteredPython[] {
  const byPath = new Map(keys.map((key) => [key.path.toLowerCase(), key.values]));
  return keys
    .flatMap(({ path, values }): RegisteredPython[] => {
      const [company, tag, ...deeper] = path.split('\\');
      if (!company || !tag || deeper.length > 0 || company === 'PyLauncher') return [];
      const executable = executableOf(byPath.get(`${path}\\installpath`.toLowerCase()) ?? {});
      const bits = /^(32|64)bit$/.exec(values.SysArchitecture ?? '')?.[1];
      const width = bits === undefined ? defaultBits : bits === '32' ? 32 : 64;
      const isFreeThreaded = /free-?threaded/i.test(values.DisplayName ?? '') || /^\d\.\d+t(?:-|$)/.test(tag);
      const version = versionOf(values.SysVersion) ?? versionOf(tag) ?? [];
      return executable === undefined
        ? []
        : [{ company, tag, executable, version, isFreeThreaded, ...(width !== undefined && { bits: width }) }];
    })
    .sort(bestFirst);
}

/** Whether a registered Python may be what a spec asks for. What does not say its version may be. */
export function mayBeMeant(python: RegisteredPython, spec: VersionSpec | undefined): boolean {
  if (spec === undefined || !CPYTHON.includes(python.company)) return true;
  if (spec.implementation !== undefined && spec.implementation !== 'cpython') return false;
  if (spec.isFreeThreaded !== undefined && spec.isFreeThreaded !== python.isFreeThreaded) return false;
  if (spec.bits !== undefined && python.bits !== undefined && spec.bits !== python.bits) return false;
  const asked = [spec.major, spec.minor, spec.micro];
  return python.version.every((part, index) => asked[index] === undefined || asked[index] === part);
}

function executableOf(installPath: Readonly<Record<string, string>>): string | undefined {
  const { ExecutablePath: executable, '': directory } = installPath;
  if (executable) return win32.normalize(unquoted(executable));
  return directory ? win32.join(unquoted(directory), 'python.exe') : undefined;
}

function unquoted(path: string): string {
  return path.replace(/^"(.*)"$/, '$1');
}

function versionOf(text: string | undefined): readonly number[] | undefined {
  const version = /^(\d+(?:\.\d+){0,2})t?(?:-(?:32|64|arm64))?$/.exec(text ?? '')?.[1];
  return version?.split('.').map(Number);
}

function bestFirst(one: RegisteredPython, other: RegisteredPython): number {
  for (let index = 0; index < 3; index += 1) {
    const newer = (other.version[index] ?? -1) - (one.version[index] ?? -1);
    if (newer !== 0) return newer;
  }
  const rank = ({ company }: RegisteredPython): number => (company === 'PythonCore' ? 0 : 1);
  return (
    (other.bits ?? 0) - (one.bits ?? 0) ||
    Number(one.isFreeThreaded) - Number(other.isFreeThreaded) ||
    rank(one) - rank(other) ||
    (one.tag < other.tag ? -1 : 1)
  );
}
