import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { VivariumError } from '@vivarium/core/plugin';
import { dependenciesOf } from '../cache/dependencies.ts';
import type { CachedInterpreter } from '../cache/interpreter-cache.ts';
import type { Answer } from '../probe/answer.ts';
import { executableNames } from '../sources/names.ts';
import { distance } from './base.ts';
import { fromAnswer } from './from-answer.ts';
import type { Subject } from './subject.ts';

/**
 * Whether the file that answered is the one that was started, so that an environment can be based on it. Where the system
 * does not tell which file runs, the answer counts.
 */
export function startsItself(executable: string, { os, executable: claimed, runningFile }: Answer): boolean {
  // On Windows the launchers of environments, of the Store and of version managers answer for what they start.
  if (os === 'nt') return claimed === undefined;
  const real = realPath(executable);
  return real !== undefined && real === (runningFile ?? (claimed === undefined ? real : realPath(claimed)));
}

/** What is to be described, and how another executable is. */
export interface StartedRequest {
  readonly subject: Subject;
  readonly answer: Answer;
  /** `undefined` for what is not a Python. */
  readonly describe: (subject: Subject) => Promise<CachedInterpreter | undefined>;
}

/**
 * Describes the Python that a wrapper starts. What it says of its own path (`sys.executable`) is made of the name that the
 * wrapper gave to the process, and may be another Python, so the file that runs is asked itself. `undefined` where the
 * wrapper answers in its own name and what it starts is not a Python, as GraalPy's launcher starts Java.
 *
 * @throws VivariumError `PROBE_EXECUTABLE_MISMATCH` when no file can be found that is the Python that answered
 */
export async function describeStarted(request: StartedRequest): Promise<CachedInterpreter | undefined> {
  const { subject, answer, describe } = request;
  const { executable, origin } = subject;
  if (answer.os === 'nt') return undefined;
  const trail = new Set([...(subject.trail ?? []), executable]);
  for (const file of startedFiles(executable, answer)) {
    if (trail.has(file)) continue;
    const described = await describe({ executable: file, origin: `started by ${executable}`, trail });
    if (described === undefined || !isSame(file, described, answer)) continue;
    const interpreter = { ...described.interpreter, executable };
    return { interpreter, dependencies: { ...described.dependencies, ...dependenciesOf(interpreter) } };
  }
  if (answer.executable !== undefined && realPath(answer.executable) === realPath(executable)) return undefined;
  const started = answer.runningFile === undefined ? '' : ` and runs ${answer.runningFile}`;
  const message = `${executable} (${origin}) calls itself ${answer.executable ?? 'nothing'}${started}, and neither is the Python that answered`;
  throw new VivariumError('PROBE_EXECUTABLE_MISMATCH', message, {
    hint: 'It is a wrapper that changes the name of the process. Give the path of the Python that it starts with -p.',
  });
}

/** The files that may be what answered, best first: by the name that is meant to be used, where it leads to the same. */
function startedFiles(executable: string, { executable: claimed, runningFile }: Answer): readonly string[] {
  const files = claimed !== undefined && realPath(claimed) === runningFile ? [claimed] : [runningFile, claimed];
  return files.filter((file): file is string => {
    if (file === undefined || !existsSync(file) || realPath(file) === realPath(executable)) return false;
    return file !== runningFile || executableNames([basename(file)], process.platform).length > 0;
  });
}

/** Whether an executable is the Python that answered: the file that runs, or one of the same build in the same place. */
function isSame(file: string, { interpreter }: CachedInterpreter, answer: Answer): boolean {
  const { prefix } = answer;
  const wanted = fromAnswer(answer, { executable: file, systemExecutable: file, realExecutable: file, prefix });
  if (distance(wanted, interpreter) !== 0) return false;
  return realPath(file) === answer.runningFile || interpreter.basePrefix === answer.basePrefix;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
