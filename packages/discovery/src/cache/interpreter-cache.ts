import { realpathSync } from 'node:fs';
import { fingerprint } from '@vivarium/core/internal';
import type { Context, Interpreter } from '@vivarium/core/plugin';
import manifest from '../../package.json' with { type: 'json' };
import { isInterpreter } from '../interpreter/is-interpreter.ts';
import script from '../probe/probe.py';
import { areUnchanged, type Dependencies } from './dependencies.ts';

/** Raised when entries get another form or another meaning. */
const FORM = 2;
// What a probe asks and what is made of its answer changes from release to release, and between them with the script.
const RELEASE: string = `${FORM}-${manifest.version}-${script.length}`;

/** What is cached about an executable, and what this depends on. */
export interface CachedInterpreter {
  readonly interpreter: Interpreter;
  readonly dependencies: Dependencies;
}

/**
 * What an earlier run found out about an executable, if all that it depends on is as it was. An entry that is damaged, or
 * is about another executable, counts as none.
 */
export function readCached(executable: string, context: Context): CachedInterpreter | undefined {
  const name = entryName(executable, context);
  const text = name === undefined ? undefined : context.cache.readText(name);
  if (text === undefined) return undefined;
  const described = read(text);
  if (described === undefined || described.interpreter.executable !== executable) return undefined;
  return areUnchanged(described.dependencies) ? described : undefined;
}

/** Keeps what was found out for later runs. */
export function writeCached(described: CachedInterpreter, context: Context): void {
  const name = entryName(described.interpreter.executable, context);
  if (name !== undefined) context.cache.writeText(name, JSON.stringify(described));
}

/** An entry is about one path and where it leads; these variables choose the shared libraries that a program gets. */
function entryName(executable: string, { env }: Context): string | undefined {
  try {
    const key = [executable, realpathSync.native(executable), env.LD_LIBRARY_PATH, env.DYLD_LIBRARY_PATH];
    return `interpreters/${RELEASE}/${fingerprint(JSON.stringify(key))}.json`;
  } catch {
    return undefined;
  }
}

function read(text: string): CachedInterpreter | undefined {
  try {
    const { interpreter, dependencies } = JSON.parse(text) as Partial<CachedInterpreter>;
    if (!isInterpreter(interpreter) || typeof dependencies !== 'object' || dependencies === null) return undefined;
    // An entry that depends on nothing would be valid for ever.
    return Object.keys(dependencies).length > 0 ? { interpreter, dependencies } : undefined;
  } catch {
    return undefined;
  }
}
