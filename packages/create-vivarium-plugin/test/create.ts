import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const WORKSPACE = join(PACKAGE, '..', '..');

/** The command as it was built. */
export const BIN = join(PACKAGE, 'dist', 'bin.js');

/** A directory that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'create-vivarium-plugin-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs the command where no one can be asked. */
export function create(directory: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { status, stdout, stderr };
}

const OWN = { core: '@vivarium/core', testkit: '@vivarium/testkit' };
const TOOLS = ['@types/node', 'tsup', 'typescript', 'vitest'];

/** Gives a package what it would install: this workspace's own core and testkit, and the tools that it names. */
export function link(directory: string): void {
  for (const [name, target] of [
    ...Object.entries(OWN).map(([at, name]) => [name, join(WORKSPACE, 'packages', at)] as const),
    ...TOOLS.map((name) => [name, realpathSync(join(WORKSPACE, 'node_modules', name))] as const),
  ]) {
    const place = join(directory, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(target, place);
  }
}

/** Runs a tool of the workspace in a package, as its scripts do. */
export function run(directory: string, tool: 'tsc' | 'tsup' | 'vitest', ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(join(WORKSPACE, 'node_modules', '.bin', tool), args, {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, VIVARIUM_HOSTILE_NAMES: '40' },
  });
  return { status, output: `${stdout}${stderr}` };
}
