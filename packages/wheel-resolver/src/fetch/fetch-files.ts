import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { capture } from '@vivarium/core/internal';
import { type Context, type Interpreter, VivariumError } from '@vivarium/core/plugin';
import { findPip } from '../resolve-wheels.ts';
import { reasonOf } from './download.ts';
import { pipEnvironment } from './pip-environment.ts';

/** Something that pip is to fetch, as a line of a requirements file. */
export interface PipRequirement {
  /** `six==1.17.0 --hash=sha256:…`, or the URL of a file. */
  readonly line: string;
  /** The name, for messages. */
  readonly name: string;
}

/** What to fetch and by which Python. */
export interface FetchRequest {
  readonly requirements: readonly PipRequirement[];
  readonly interpreter: Interpreter;
  readonly context: Context;
  /** An empty directory that the files are put into. */
  readonly target: string;
}

// A process of pip needs up to a second to start, and then fetches one file after the other.
const MAX_PROCESSES = 4;
const FILES_EACH = 8;

/**
 * Fetches wheels with `pip download`, run by the interpreter that they are for. Indexes, proxies, certificates and
 * credentials are those that pip is configured with. Nothing is resolved, and what was fetched is not checked here.
 *
 * @returns the directories that the files are in
 * @throws VivariumError `DOWNLOAD_FAILED`
 */
export async function fetchFiles(request: FetchRequest): Promise<readonly string[]> {
  const { requirements, interpreter, context, target } = request;
  const pip = (await findPip({ interpreter, extraDirectories: [], context }))?.path;
  const own = recentPip(interpreter);
  const programs = [...(own === undefined ? [] : [own]), pip === undefined ? OWN_PIP : inWheel(pip)];
  const count = Math.max(1, Math.min(MAX_PROCESSES, Math.ceil(requirements.length / FILES_EACH)));
  const total = requirements.length;
  let done = 0;
  context.emit?.({ type: 'download', packages: requirements.map(({ name }) => name) });
  const groups = Array.from({ length: count }, (_, index) => requirements.filter((_, at) => at % count === index));
  return Promise.all(
    groups.map(async (group, index) => {
      const directory = join(target, String(index));
      mkdirSync(directory);
      await runPip(group, { ...request, directory, programs });
      done += group.length;
      context.emit?.({ type: 'fetch', done, total });
      return directory;
    }),
  );
}

/** A way to start pip. */
interface PipProgram {
  readonly args: readonly string[];
  /** It resumes downloads, so that no other one would get further. */
  readonly resumes: boolean;
}

const OWN_PIP: PipProgram = { args: ['-s', '-m', 'pip'], resumes: true };

function inWheel(wheel: string): PipProgram {
  return { args: [join(wheel, 'pip')], resumes: true };
}

/**
 * The pip that an interpreter has for itself, if it takes certificates from the system, as those in wheels do. It starts
 * in a third of the time of one in a wheel, of which there is no byte code.
 */
function recentPip({ stdlib }: Interpreter): PipProgram | undefined {
  try {
    for (const name of readdirSync(join(stdlib, 'site-packages'))) {
      const [, written] = /^pip-([\d.]+)\.dist-info$/.exec(name) ?? [];
      const [major = Number.NaN, minor = Number.NaN] = written?.split('.').map(Number) ?? [];
      const version = major * 100 + minor;
      if (version >= USES_SYSTEM_CERTIFICATES) return { ...OWN_PIP, resumes: version >= RESUMES };
    }
  } catch {
    // Debian has it elsewhere, and some have none.
  }
  return undefined;
}

/** 24.2. */
const USES_SYSTEM_CERTIFICATES = 2402;
/** 25.1; older ones take a file that was cut off for a whole one. */
const RESUMES = 2501;

interface Job extends FetchRequest {
  readonly directory: string;
  /** Ways to start pip; the next one is for where one does not start. */
  readonly programs: readonly PipProgram[];
}

async function runPip(group: readonly PipRequirement[], job: Job): Promise<void> {
  const { interpreter, context, directory, programs, target } = job;
  const list = join(target, `${basename(directory)}.txt`);
  writeFileSync(list, group.map(({ line }) => `${line}\n`).join(''));
  const quiet = ['--quiet', '--progress-bar', 'off', '--disable-pip-version-check', '--no-input'];
  const choice = ['--only-binary=:all:', '--no-deps', '--dest', directory, '-r', list];
  const names = group.map(({ name }) => name).join(', ');
  for (const [index, { args, resumes }] of programs.entries()) {
    context.debug(`fetching ${names} with pip`);
    const ended = await capture({
      executable: interpreter.systemExecutable,
      args: [...args, 'download', ...quiet, ...choice],
      // The pip of Python 2.7 does not know the option, and ignores the variable.
      env: { ...pipEnvironment(context.env), PIP_IGNORE_REQUIRES_PYTHON: '1' },
      cwd: target,
      signal: context.signal,
    });
    if (ended.failure === undefined) return;
    // What pip says of a download is its last word; a traceback is that of a pip that is broken.
    if (index < programs.length - 1 && !(resumes && /^ERROR:/m.test(ended.stderr))) continue;
    const reason = reasonOf(ended.stderr) ?? `it ${ended.failure}`;
    throw new VivariumError('DOWNLOAD_FAILED', `pip could not fetch ${names}: ${reason}`, {
      cause: ended.cause,
      hint: `pip uses its own index, proxy and certificate settings: see \`${interpreter.systemExecutable} -m pip config list\`.`,
    });
  }
}
