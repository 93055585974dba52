import { existsSync, readlinkSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { readConfiguration } from '@vivarium/core/internal';
import type { Interpreter } from '@vivarium/core/plugin';
import type { Answer } from '../probe/answer.ts';

/**
 * Where the base of an environment may be, best first. `sys._base_executable` knows it since 3.11 (on Windows since
 * 3.8), and an executable that is a link leads to it. Failing both, the directory that `pyvenv.cfg` calls `home` and
 * the base's own directory for executables are searched, by the names that the same version of Python can have.
 */
export function* baseExecutables(executable: string, answer: Answer): Iterable<string> {
  const known = answer.baseExecutable;
  const started = answer.executable ?? executable;
  if (known !== undefined && known !== started && known !== executable && existsSync(known)) yield known;
  const target = linkOutOf(answer.prefix, started);
  if (target !== undefined) yield target;
  const directories = new Set([
    homeOf(answer.prefix),
    known && dirname(known),
    join(answer.basePrefix, relative(answer.prefix, dirname(started))),
    answer.basePrefix,
  ]);
  for (const directory of directories) {
    if (directory === undefined || directory === answer.prefix || directory === dirname(started)) continue;
    for (const name of namesOf(started, answer)) {
      const path = join(directory, name);
      if (existsSync(path)) yield path;
    }
  }
}

/** How well a Python would do as the base: 0 is exactly right, and each difference outweighs all that are named after it. */
export function distance(wanted: Interpreter, base: Interpreter): number {
  const differences = [
    wanted.implementation !== base.implementation,
    wanted.version.major !== base.version.major,
    wanted.version.minor !== base.version.minor,
    wanted.bits !== base.bits,
    wanted.machine !== base.machine,
    wanted.isFreeThreaded !== base.isFreeThreaded,
    wanted.version.micro !== base.version.micro,
    wanted.version.releaseLevel !== base.version.releaseLevel,
    wanted.version.serial !== base.version.serial,
  ];
  return differences.reduce((sum, differs, index) => sum + (differs ? 2 ** (differences.length - index) : 0), 0);
}

/** Where the links of an environment's executable leave the environment. */
function linkOutOf(prefix: string, executable: string): string | undefined {
  try {
    let path = executable;
    while (!relative(prefix, path).startsWith('..')) path = resolve(dirname(path), readlinkSync(path));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The `home` key of an environment's `pyvenv.cfg` (PEP 405). */
function homeOf(prefix: string): string | undefined {
  return readConfiguration(join(prefix, 'pyvenv.cfg')).home || undefined;
}

function namesOf(executable: string, answer: Answer): readonly string[] {
  const { major, minor, micro } = answer.version;
  const extension = answer.os === 'nt' ? '.exe' : '';
  const stem = basename(executable, extname(executable).toLowerCase() === '.exe' ? extname(executable) : '');
  const words = new Set([stem.replace(/(?<![\d.])[\d.]+t?d?$/, ''), answer.implementation, 'python']);
  const versions = [`${major}.${minor}.${micro}`, `${major}.${minor}`, `${major}`, ''];
  const flags = answer.isFreeThreaded ? ['t', ''] : [''];
  const debug = answer.isDebug ? ['_d', 'd', '-dbg', ''] : [''];
  const names = [...words].flatMap((word) =>
    versions.flatMap((version) => flags.flatMap((t) => debug.map((d) => `${word}${version}${t}${d}${extension}`))),
  );
  return [...new Set([`${stem}${extension}`, ...names])];
}
