import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { Inspection } from '../inspect/inspection.ts';
import { isThere } from '../inspect/layout.ts';
import { listDirectory } from '../read/list-directory.ts';
import { readBounded } from '../read/read-bounded.ts';
import { readStart } from '../read/read-start.ts';

/** A command whose first line names a Python. */
export interface Script {
  /** Relative to the environment, written with `/`. */
  readonly path: string;
  /** The Python that it names, absolute. */
  readonly interpreter: string;
  /** Where the lines that name it end. */
  readonly length: number;
}

/** What a first line can be long; Linux reads 256 bytes, and a path is shorter than this everywhere. */
const MAX_HEAD = 8192;

/** The commands of an environment that a Python is named in: `#!` lines, and those that `sh` starts it by. */
export function readScripts({ directory, layout }: Inspection): readonly Script[] {
  return listDirectory(join(directory, layout.scripts)).flatMap((entry) => {
    const path = `${layout.scripts}/${entry.name}`;
    const head = entry.isFile() ? readStart(join(directory, path), MAX_HEAD) : undefined;
    const found = head === undefined ? undefined : readHead(head);
    return found === undefined ? [] : [{ path, ...found }];
  });
}

/** The Python that the first bytes of a script name. */
export function readHead(head: Buffer): Omit<Script, 'path'> | undefined {
  if (head.subarray(0, 2).toString('latin1') !== '#!') return undefined;
  const text = head.toString('latin1');
  const [first = ''] = text.split('\n', 1);
  const direct = first.slice(2).trim();
  // The whole rest is one path, also where blanks are in it; an option, as in `-E`, ends it.
  const plain = direct.replace(/\s-\S*$/, '').trimEnd();
  if (isPython(plain)) return { interpreter: decode(plain), length: first.length + 1 };
  const viaShell = /^#!\s*\/bin\/sh\s*\n'''exec' (?:"([^"\n]+)"|'([^'\n]+)'|([^\s"']+)) "\$0" "\$@"\n' '''\n/.exec(
    text,
  );
  const named = viaShell?.[1] ?? viaShell?.[2] ?? viaShell?.[3];
  if (viaShell === null || named === undefined || !isPython(named)) return undefined;
  return { interpreter: decode(named), length: viaShell[0].length };
}

function isPython(path: string): boolean {
  return isAbsolute(path) && /^(?:python|pypy|graalpy)w?[\d.]*t?(?:\.exe)?$/.test(basename(path));
}

function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** The environment that an interpreter named by a script would be in: `/a/b` for `/a/b/bin/python`. */
export function rootOf(interpreter: string): string {
  return dirname(dirname(interpreter));
}

/** Whether two paths are one place, also by way of links. */
export function isSamePlace(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

/** Whether a Python is one of this environment, by its path and not by where that leads. */
export function isOwn(interpreter: string, { directory }: Inspection): boolean {
  return interpreter.startsWith(`${directory}${sep}`) || isSamePlace(rootOf(interpreter), directory);
}

/** The scripts for activation that say where the environment is. */
export function activationScripts({ directory, layout }: Inspection): readonly string[] {
  return listDirectory(join(directory, layout.scripts))
    .filter(({ name }) => /^[aA]ctivate(?:\.\w+)?$/.test(name) || name === 'activate_this.py')
    .map(({ name }) => `${layout.scripts}/${name}`);
}

/** The place that a script for a POSIX shell sets `VIRTUAL_ENV` to. */
export function recordedPlace({ directory, layout }: Inspection): string | undefined {
  const text = readBounded(join(directory, layout.scripts, 'activate'));
  const words = /^[ \t]*(?:export[ \t]+)?VIRTUAL_ENV=(?:"([^"$`\n]+)"|'([^'\n]+)'|([^\s"'$`;]+))[ \t]*;?$/m.exec(
    text ?? '',
  );
  const place = words?.[1] ?? words?.[2] ?? words?.[3];
  return place !== undefined && isAbsolute(place) ? place : undefined;
}

/** Whether a directory is an environment. */
export function isEnvironment(directory: string): boolean {
  return isThere(join(directory, 'pyvenv.cfg')) || isThere(join(directory, 'conda-meta'));
}
