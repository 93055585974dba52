import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { anyPython } from './pythons.ts';

/** A tool that writes activation scripts of its own. */
export interface OtherTool {
  readonly name: 'venv' | 'virtualenv' | 'uv';
  /** Creates an environment without packages in the directory. */
  readonly create: (directory: string) => void;
  /** Whether its scripts also change `PKG_CONFIG_PATH`, and restore what ours has found. */
  readonly knowsPkgConfigPath: boolean;
}

/**
 * The venv module of a Python, and the newest virtualenv and uv, which pip installs for this test file. Without an index
 * there is the first alone, and `missing` is the reason.
 */
export function otherTools(): { readonly tools: readonly OtherTool[]; readonly missing: string | undefined } {
  const python = anyPython().executable;
  const venv: OtherTool = {
    name: 'venv',
    create: (directory) => start(python, '-m', 'venv', '--without-pip', directory),
    knowsPkgConfigPath: false,
  };
  const place = mkdtempSync(join(tmpdir(), 'vivarium-other-tools-'));
  afterAll(() => rmSync(place, { recursive: true, force: true }));
  const pip = ['-m', 'pip', 'install', '--quiet', '--retries', '0', '--disable-pip-version-check', 'virtualenv', 'uv'];
  try {
    start(python, '-m', 'venv', place);
    start(join(place, 'bin', 'python'), ...pip);
  } catch {
    return { tools: [venv], missing: 'virtualenv and uv can not be installed, since PyPI can not be reached' };
  }
  const own = (program: string, ...args: readonly string[]): void => start(join(place, 'bin', program), ...args);
  return {
    tools: [
      venv,
      {
        name: 'virtualenv',
        create: (directory) => own('virtualenv', '--quiet', '--no-seed', '--no-periodic-update', directory),
        knowsPkgConfigPath: true,
      },
      {
        name: 'uv',
        create: (directory) => own('uv', 'venv', '--quiet', '--offline', '--no-config', '--python', python, directory),
        knowsPkgConfigPath: false,
      },
    ],
    missing: undefined,
  };
}

function start(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 100_000 });
}

/** Ways to enter environments of ours and of another tool one after the other. Each is left once. */
export const ORDERS = [
  ['ours', 'theirs'],
  ['theirs', 'ours'],
  ['ours', 'theirs', 'ours'],
  ['theirs', 'ours', 'theirs'],
  ['theirs', 'theirs', 'ours', 'ours'],
] as const;
