import { realpathSync } from 'node:fs';
import { type Context, fingerprint, type Interpreter } from '@vivarium/core';
import manifest from '../../package.json' with { type: 'json' };
import { isInterpreter } from '../interpreter/is-interpreter.ts';
import script from '../probe/probe.py';
import { areUnchanged, type Witnesses } from './witness.ts';

/** Raised when entries get another form or another meaning. */
const FORM = 1;
// What a probe asks and what is made of its answer changes from release to release, and between them with the script.
const RELEASE: string = `${FORM}-${manifest.version}-${script.length}`;

/** What is known of an executable, and what this rests on. */
export interface Knowledge {
  readonly interpreter: Interpreter;
  readonly witnesses: Witnesses;
}

/**
 * What an earlier run learned of an executable, if all that it rests on is as it was. An entry that is damaged, or is
 * about something else, counts as none.
 */
export function recall(executable: string, context: Context): Knowledge | undefined {
  const name = entryName(executable, context);
  const text = name === undefined ? undefined : context.cache.readText(name);
  if (text === undefined) return undefined;
  const knowledge = read(text);
  if (knowledge === undefined || knowledge.interpreter.executable !== executable) return undefined;
  return areUnchanged(knowledge.witnesses) ? knowledge : undefined;
}

/** Keeps what was learned for later runs. */
export function remember(knowledge: Knowledge, context: Context): void {
  const name = entryName(knowledge.interpreter.executable, context);
  if (name !== undefined) context.cache.writeText(name, JSON.stringify(knowledge));
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

function read(text: string): Knowledge | undefined {
  try {
    const { interpreter, witnesses } = JSON.parse(text) as Partial<Knowledge>;
    if (!isInterpreter(interpreter) || typeof witnesses !== 'object' || witnesses === null) return undefined;
    // An entry that rests on nothing would be true for ever.
    return Object.keys(witnesses).length > 0 ? { interpreter, witnesses } : undefined;
  } catch {
    return undefined;
  }
}
