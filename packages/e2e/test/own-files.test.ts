import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyWorkspace } from './publish.ts';
import { write } from './third-party-package.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-own-files-')));
const workspace = join(root, 'workspace');

beforeAll(() => copyWorkspace(workspace), 300_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What would fail every check: code that is neither formatted nor used nor typed, and a package of its own. */
const LADEN = {
  'pyvenv.cfg': 'home = /usr/bin\n',
  'lib/python3/site-packages/pip/unused.js': 'var x  =  1;;export default  y',
  'lib/python3/site-packages/pip/unused.ts': 'export const unused: number = "text";;\n',
  'lib/python3/site-packages/pip/package.json': '{ "name": "pip",  "dependencies": { "left-pad": "*" } }',
};

// As `npm start -- codefathertech` leaves it, and as `python -m venv` does, which writes no .gitignore.
test('no check looks at an environment that was created in the clone, whatever it is called', async () => {
  write(join(workspace, 'codefathertech'), { ...LADEN, '.gitignore': '*\n' });
  write(join(workspace, 'any name'), LADEN);
  const code = "await (await import('./scripts/checks.mjs')).runChecks(['biome', 'knip'])";
  const run = await execa('node', ['--input-type=module', '-e', code], { cwd: workspace, reject: false, all: true });
  expect(run.all).toMatch(/^check biome: /m);
  expect(run.all).toMatch(/^check knip: /m);
  expect(run.all).not.toMatch(/site-packages|codefathertech|any name/);
  const { stdout } = await execa('node_modules/.bin/tsc', ['--listFilesOnly'], { cwd: workspace });
  expect(stdout).toContain(join(workspace, 'packages'));
  expect(stdout).not.toContain('site-packages');
});
