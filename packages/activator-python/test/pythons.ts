import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A Python on this machine. */
export interface Python {
  /** Its version and where it comes from, for the titles of tests. */
  readonly name: string;
  readonly executable: string;
  readonly major: number;
  /** `lib/python3.12/site-packages` */
  readonly library: string;
}

/** Those of pyenv, 2.7 among them, oldest first, and the distribution's own. */
export const pythons: readonly Python[] = findPythons();

/** Python 2.7, the oldest and the newest Python 3: for what rests on the language's grammar alone. */
export const extremes: readonly Python[] = pythons.filter(
  ({ major }, index) => major !== pythons[index - 1]?.major || index === pythons.length - 1,
);

/** The one for checks that no version can make a difference to. */
export const newest: Python = newestOf(pythons);

function findPythons(): readonly Python[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const names = existsSync(versions) ? readdirSync(versions).filter((name) => /^\d+\.\d+\.\d+$/.test(name)) : [];
  const managed = names.map((name) => join(versions, name, 'bin', 'python'));
  return [...managed, '/usr/bin/python3']
    .filter((executable) => existsSync(executable))
    .map(describePython)
    .sort((one, other) => new Intl.Collator('en', { numeric: true }).compare(one.name, other.name));
}

function describePython(executable: string): Python {
  const program = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
  const version = execFileSync(executable, ['-E', '-c', program], { encoding: 'utf8' }).trim();
  const [major = '', minor = ''] = version.split('.');
  return {
    name: executable.startsWith('/usr/') ? `${version} of the system` : version,
    executable,
    major: Number(major),
    library: `lib/python${major}.${minor}/site-packages`,
  };
}

function newestOf(all: readonly Python[]): Python {
  const last = all.at(-1);
  if (last === undefined) throw new Error('These tests need a Python: one of pyenv’s, or /usr/bin/python3');
  return last;
}
