import { dirname } from 'node:path';
import { formatMinorVersion, formatVersion, formatVersionInfo, type Interpreter } from '@vivarium/core/plugin';

/**
 * A `pyvenv.cfg` for another base: what is said of the base is replaced where it is said, `home` and the keys that are
 * `missing` are added, and everything else stays.
 *
 * @param text as it is
 * @param missing in lower case
 */
export function editConfiguration(text: string, interpreter: Interpreter, missing: readonly string[] = []): string {
  const values = valuesOf(interpreter);
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  const edited = lines.map((line) => {
    const key = line
      .slice(0, Math.max(line.indexOf('='), 0))
      .trim()
      .toLowerCase();
    const value = values.get(key)?.(line.slice(line.indexOf('=') + 1).trim());
    return value === undefined ? line : `${key} = ${value}`;
  });
  const hasHome = lines.some((line) => /^\s*home\s*=/i.test(line));
  const added = missing.flatMap((key) => {
    const value = values.get(key)?.('');
    return key === 'home' || value === undefined ? [] : [`${key} = ${value}`];
  });
  return [...(hasHome ? [] : [`home = ${dirname(interpreter.systemExecutable)}`]), ...edited, ...added, ''].join('\n');
}

type Value = (old: string) => string;

/** What each tool records of the base. A version keeps the form that it had. */
function valuesOf(interpreter: Interpreter): ReadonlyMap<string, Value> {
  const { version, systemExecutable, realExecutable, basePrefix, baseExecPrefix, implementation } = interpreter;
  const plain = formatVersion({ ...version, releaseLevel: 'final' });
  const minor = formatMinorVersion(version);
  const inForm = (old: string): string => {
    if (/^\d+\.\d+\.\d+\.[a-z]+\.\d+$/.test(old)) return formatVersionInfo(version);
    return /^\d+\.\d+$/.test(old) ? minor : plain;
  };
  return new Map<string, Value>([
    ['home', () => dirname(systemExecutable)],
    // It is asked for only where it is missing; Python then takes it for true, which creators write only when asked.
    ['include-system-site-packages', (old) => (old === '' ? 'false' : old)],
    ['implementation', () => implementation],
    ['version', inForm],
    ['version_info', inForm],
    ['python-version', inForm],
    ['executable', () => realExecutable],
    ['base-executable', () => systemExecutable],
    ['base-prefix', () => basePrefix],
    ['base-exec-prefix', () => baseExecPrefix],
  ]);
}
