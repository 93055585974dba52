import { existsSync, realpathSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import type { ScriptPython } from '@vivarium/environment-layout';
import type { Inspection } from '../inspect/inspection.ts';
import { readStart } from '../read/read-start.ts';
import { startOf } from './first-line.ts';

/** What stands in the files of an environment for its own place, and what is to stand there. */
export interface Prefixes {
  /** Every place that the environment is known to have had, absolute; the longest first. */
  readonly from: readonly string[];
  readonly to: string;
  readonly os: 'posix' | 'nt';
  /** The directory of the scripts, relative to the environment: `bin`. */
  readonly scripts: string;
  /** What decides how its scripts begin. */
  readonly python: ScriptPython;
}

/**
 * The places that files of an environment may name as its own: where it is, by the name that was given and by the real
 * one, and where its scripts say that it is, if there is no environment any more: then it was moved before.
 *
 * @param to where it will be, absolute
 */
export function prefixesOf({ directory, layout, recorded }: Inspection, to: string): Prefixes {
  const real = realpathSync(directory);
  const named = ['pip', 'pip3', 'activate'].flatMap((name) =>
    recordedIn(join(directory, layout.scripts, name), layout),
  );
  const earlier = named.filter((path) => path !== to && !existsSync(join(path, 'pyvenv.cfg')));
  const from = [...new Set([directory, real, ...earlier])].filter((path) => path.length > 1);
  const python = { platform: process.platform, version: { major: Number.parseInt(recorded.version ?? '3', 10) } };
  return { from: from.sort((a, b) => b.length - a.length), to, os: layout.os, scripts: layout.scripts, python };
}

const MAX_BYTES = 64 * 1024;

function recordedIn(file: string, { os, scripts }: Inspection['layout']): readonly string[] {
  const text = readStart(file, MAX_BYTES)?.toString('utf8') ?? '';
  const { isAbsolute, sep } = os === 'nt' ? win32 : posix;
  const interpreter = startOf(text)?.program ?? '';
  const below = new RegExp(`^(.+)[\\\\/]${scripts}[\\\\/](?:python|pypy|graalpy)[^\\\\/]*$`).exec(interpreter)?.[1];
  const activated = /^[ \t]*VIRTUAL_ENV=(?:'([^'\n]+)'|"([^"\n$]+)"|([^\s'"$]+))$/m.exec(text)?.slice(1).find(Boolean);
  return [below, activated].filter(
    (path): path is string => path !== undefined && isAbsolute(path) && !path.endsWith(sep),
  );
}
