import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findInterpreter } from '../interpreter.ts';
import { keptDirectory } from './kept-directory.ts';

/** A tool that writes activation scripts of its own. */
export interface OtherTool {
  readonly name: 'venv' | 'virtualenv' | 'uv';
  /** Creates an environment without packages in the directory. Rejects where the tool can't be had. */
  create(directory: string): Promise<void>;
}

/** The venv module of the interpreter, and the virtualenv and uv that pip installs into the user's cache. */
export const OTHER_TOOLS: readonly OtherTool[] = [
  {
    name: 'venv',
    create: (directory) => start(python(), ['-m', 'venv', '--without-pip', directory]),
  },
  {
    name: 'virtualenv',
    create: async (directory) => {
      const env = { ...process.env, PYTHONPATH: await installed() };
      await start(python(), ['-m', 'virtualenv', '--quiet', '--no-seed', '--no-periodic-update', directory], env);
    },
  },
  {
    name: 'uv',
    create: async (directory) => {
      const uv = join(await installed(), 'bin', 'uv');
      await start(uv, ['venv', '--quiet', '--offline', '--no-config', '--python', python(), directory]);
    },
  },
];

/** Ways to enter environments of ours and of another tool one after the other. Each is left once. */
export const ORDERS = [
  ['ours', 'theirs'],
  ['theirs', 'ours'],
  ['ours', 'theirs', 'ours'],
  ['theirs', 'ours', 'theirs'],
  ['theirs', 'theirs', 'ours', 'ours'],
] as const;

function python(): string {
  return findInterpreter().systemExecutable;
}

async function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  await promisify(execFile)(program, args, { timeout: 100_000, env });
}

let installing: Promise<string> | undefined;

/** The directory that pip has put both into. */
function installed(): Promise<string> {
  const { major, minor } = findInterpreter().version;
  installing ??= keptDirectory(`other-tools-${major}.${minor}`, async (directory) => {
    const pip = ['-m', 'pip', 'install', '--quiet', '--retries', '0', '--disable-pip-version-check'];
    await start(python(), [...pip, '--target', directory, 'virtualenv', 'uv']);
  });
  return installing;
}
