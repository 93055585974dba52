import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finished, Sandbox } from '../vivarium.ts';
import type { LockWriter, RealList } from './lists.ts';

/** What a lock is written from. */
export interface WriteRequest {
  readonly sandbox: Sandbox;
  readonly list: RealList;
  /** The interpreter that it is for. */
  readonly python: string;
  /** An environment with uv, pdm and a new pip. */
  readonly tools: string;
}

// What people have; a newer version is a change that is seen in review.
const TOOLS = ['pip==26.3', 'uv==0.13.9', 'pdm==2.29.4', 'hishel<2'];

/** Creates an environment with the writers of locks, once for all tests. */
export async function installTools(sandbox: Sandbox, { python, directory }: ToolsRequest): Promise<string> {
  const tools = join(directory, 'tools');
  if (existsSync(join(tools, 'complete'))) return tools;
  succeeded(await sandbox.vivarium('create', '-q', '-p', python, tools));
  succeeded(await sandbox.run(join(tools, 'bin/python'), '-m', 'pip', 'install', '--quiet', ...TOOLS));
  writeFileSync(join(tools, 'complete'), '');
  return tools;
}

interface ToolsRequest {
  readonly python: string;
  /** Where it is kept. */
  readonly directory: string;
}

/** Has a lock written, and gives its path. */
export const WRITE_LOCK: Readonly<Record<LockWriter, (request: WriteRequest) => Promise<string>>> = {
  // It locks for the Python that it runs with.
  async pip({ sandbox, list, python, tools }) {
    const lock = join(sandbox.directory, 'pylock.toml');
    const pip = join(tools, 'bin/pip');
    const interpreter = join(sandbox.directory, 'resolving');
    succeeded(await sandbox.vivarium('create', '-q', '--no-seed', '-p', python, interpreter));
    const choice = ['--python', interpreter, 'lock', '--quiet', '--only-binary=:all:', '-o', lock];
    succeeded(await sandbox.run(pip, ...choice, ...list.requirements));
    return lock;
  },
  async uv({ sandbox, list, python, tools }) {
    const lock = join(sandbox.directory, 'pylock.toml');
    const input = join(sandbox.directory, 'requirements.in');
    writeFileSync(input, `${list.requirements.join('\n')}\n`);
    const choice = ['--quiet', '--only-binary', ':all:', '--python', python, '-o', lock];
    succeeded(await sandbox.run(join(tools, 'bin/uv'), 'pip', 'compile', ...choice, input));
    return lock;
  },
  async pdm({ sandbox, list, python, tools }) {
    const project = join(sandbox.directory, 'project');
    mkdirSync(project);
    const { stdout } = await sandbox.run(python, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])');
    const lines = [
      '[project]',
      'name = "a-project"',
      'version = "1.0"',
      `requires-python = "==${stdout}.*"`,
      `dependencies = ${JSON.stringify(list.requirements)}`,
    ];
    writeFileSync(join(project, 'pyproject.toml'), `${lines.join('\n')}\n`);
    const pdm = join(tools, 'bin/pdm');
    succeeded(await sandbox.runIn(project, pdm, 'use', '--first', python));
    succeeded(await sandbox.runIn(project, pdm, 'lock', '--platform', 'linux'));
    succeeded(await sandbox.runIn(project, pdm, 'export', '-f', 'pylock', '-o', 'pylock.toml'));
    return join(project, 'pylock.toml');
  },
  // No writer of locks runs for a Python as old as 2.7: a `requirements.txt` with hashes.
  async hashes({ sandbox, list, python }) {
    const wheels = join(sandbox.directory, 'wheels');
    const download = ['-m', 'pip', 'download', '--quiet', '--only-binary=:all:', '--dest', wheels];
    succeeded(await sandbox.run(python, ...download, ...list.requirements));
    const lines = readdirSync(wheels).map((file) => {
      const [name, version] = file.split('-');
      const sha256 = createHash('sha256')
        .update(readFileSync(join(wheels, file)))
        .digest('hex');
      return `${name}==${version} --hash=sha256:${sha256}`;
    });
    const lock = join(sandbox.directory, 'requirements.txt');
    writeFileSync(lock, `${lines.join('\n')}\n`);
    return lock;
  },
};

/** @throws Error with what the program said, unless it succeeded */
export function succeeded({ exitCode, stdout, stderr }: Finished): string {
  if (exitCode !== 0) throw new Error(`it ended with ${exitCode}:\n${stdout}\n${stderr}`);
  return stdout;
}
