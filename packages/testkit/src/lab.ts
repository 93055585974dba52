import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FoundShell, findShell } from './find-shell.ts';
import { posixHelpers } from './helper-programs.ts';
import type { Note, Shell } from './shell.ts';

/** A temporary place with the helper programs, in which one shell is run. */
export interface Lab {
  readonly shell: Shell;
  readonly found: FoundShell;
  /** Below this everything happens; its path needs quoting nowhere. */
  readonly directory: string;
  /** First on `PATH`. */
  readonly helpers: string;
  /** `PATH` as the shell has it before any activation, in its own notation. */
  readonly userPath: string;
  /** What processes of the shell start with. */
  readonly env: Readonly<Record<string, string>>;
  /** A line that runs the helper program of that name. */
  call(helper: 'report' | 'greet' | 'pwned' | 'pydoc', label: string): string;
  /** A line that runs `python`, as it is found by that name. */
  python(label: string): string;
  /** Runs a file that holds these lines. */
  run(lines: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs a file that stands somewhere: what happens to who doesn't source a script. */
  execute(file: string): Promise<Run>;
  /** Writes a file of the shell's language and gives its path, in the shell's notation. */
  write(name: string, lines: readonly string[]): Promise<string>;
  /** What the helper programs have noted. */
  notes(): Promise<readonly Note[]>;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where the shell starts. @default the lab's `work` */
  readonly cwd?: string;
  /** How many environments are entered; each is granted some time. @default 1 */
  readonly environments?: number;
}

/** Milliseconds that a shell is granted for each environment besides {@link Shell.timeLimit}. */
export const TIME_FOR_EACH = 250;
const TIME_LIMIT = 20_000;

/** What came of a run. */
interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly notes: readonly Note[];
  /** The environment that `report` noted under this label. Throws with the shell's output where there is none. */
  report(label: string): Readonly<Record<string, string>>;
  /** The prefix of the Python that was run under this label. */
  python(label: string): string;
  /** Whether `greet`, run under this label, was the one `inside` the environment or the one `outside`. */
  from(kind: 'greet' | 'pydoc', label: string): string;
}

/** Makes a lab, hands it over, and takes it away. */
export async function inLab(shell: Shell, work: (lab: Lab) => Promise<void>): Promise<void> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'vivarium-testkit-')));
  try {
    await work(await makeLab(shell, directory));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function makeLab(shell: Shell, directory: string): Promise<Lab> {
  const found = findShell(shell);
  if (found === undefined) throw new Error(`${shell.command[0]} isn't on PATH`);
  const helpers = join(directory, 'helpers');
  const journal = join(directory, 'journal');
  const programs = shell.helpers ?? posixHelpers;
  for (const name of ['helpers', 'home', 'work']) await mkdir(join(directory, name));
  await writeFile(journal, '');
  await programs.install(helpers, journal);

  const path = shell.path ?? ((host: string) => host);
  const call = shell.call ?? ((words: readonly string[]) => words.join(' '));
  const args = shell.arguments ?? ((file: string) => [file]);
  const isWindows = shell.os === 'nt';
  const userPath = isWindows
    ? [path(helpers), 'C:\\windows\\system32', 'C:\\windows'].join(';')
    : `${helpers}:/usr/bin:/bin`;
  const env = {
    PATH: isWindows ? (process.env.PATH ?? '') : userPath,
    HOME: join(directory, 'home'),
    LANG: 'C.UTF-8',
    ...shell.env,
  };
  let files = 0;

  const lab: Lab = {
    shell,
    found,
    directory,
    helpers,
    userPath,
    env,
    call: (helper, label) => call([helper === 'report' ? path(join(helpers, helper)) : helper, label]),
    python: (label) => call(['python', path(join(helpers, 'where.py')), label]),
    async write(name, lines) {
      const file = join(directory, `${name}${shell.extension}`);
      const text = [shell.prologue, ...lines].filter((line) => line !== undefined && line !== '').join('\n');
      await writeFile(file, `${text}\n`);
      return path(file);
    },
    async run(lines, options = {}) {
      files += 1;
      // What stands for Windows on this machine makes a PATH of its own.
      const start = isWindows ? [shell.export('PATH', userPath)] : [];
      return execute(await lab.write(`run-${files}`, [...start, ...lines]), options);
    },
    execute: (file) => execute(file, {}),
    notes: () => programs.read(journal),
  };
  return lab;

  async function execute(file: string, options: RunOptions): Promise<Run> {
    const before = (await lab.notes()).length;
    const output = await start(lab.found.program, [...shell.command.slice(1), ...args(file)], {
      env: { ...env, ...options.env },
      cwd: options.cwd ?? join(directory, 'work'),
      timeLimit: (shell.timeLimit ?? TIME_LIMIT) + TIME_FOR_EACH * (options.environments ?? 1),
    });
    return readableRun({ ...output, notes: (await lab.notes()).slice(before) }, file);
  }
}

interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Start {
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly timeLimit: number;
}

function start(program: string, args: readonly string[], { env, cwd, timeLimit }: Start): Promise<Output> {
  return new Promise((resolve, reject) => {
    // In a group of its own, so that what it has started can be ended with it.
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      const said = `${Buffer.concat(chunks.stdout)}${Buffer.concat(chunks.stderr)}`;
      reject(new Error(`${program} ${args.join(' ')} was not done after ${timeLimit} ms, and said:\n${said}`));
    }, timeLimit);
    child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, stdout: `${Buffer.concat(chunks.stdout)}`, stderr: `${Buffer.concat(chunks.stderr)}` });
    });
  });
}

function readableRun(output: Output & { readonly notes: readonly Note[] }, file: string): Run {
  const noted = (kind: string, label: string): Note => {
    const note = output.notes.find((candidate) => candidate.kind === kind && candidate.label === label);
    if (note !== undefined) return note;
    throw new Error(
      `Nothing was noted by ${kind} under ${label} (status ${output.status})\n${output.stdout}${output.stderr}in ${file}`,
    );
  };
  return {
    ...output,
    report: (label) => noted('report', label).values,
    python: (label) => noted('python', label).values.prefix ?? '',
    from: (kind, label) => noted(kind, label).values.from ?? '',
  };
}
