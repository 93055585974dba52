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

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'create-vivarium-plugin-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the command where nobody can be asked. */
export function create(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { status, stdout, stderr };
}

const OWN = { core: '@vivarium/core', testkit: '@vivarium/testkit' };
const TOOLS = ['@types/node', 'tsup', 'typescript', 'vitest'];

/** Gives a package what it would install: this workspace's own core and testkit, and the tools that it names. */
export function link(folder: string): void {
  for (const [name, target] of [
    ...Object.entries(OWN).map(([at, name]) => [name, join(WORKSPACE, 'packages', at)] as const),
    ...TOOLS.map((name) => [name, realpathSync(join(WORKSPACE, 'node_modules', name))] as const),
  ]) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(target, place);
  }
}

/** Runs a tool of the workspace in a package, as its scripts do. */
export function run(folder: string, tool: 'tsc' | 'tsup' | 'vitest', ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(join(WORKSPACE, 'node_modules', '.bin', tool), args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, VIVARIUM_HOSTILE_NAMES: '40' },
  });
  return { status, output: `${stdout}${stderr}` };
}
