import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newSandbox, type Sandbox, vivariumCommand } from './vivarium.ts';

/** A project in a sandbox; its `x.sh` tells when it was started. */
function project(settings: string): Sandbox {
  const sandbox = newSandbox();
  writeFileSync(join(sandbox.directory, 'pyproject.toml'), `[tool.vivarium]\n${settings}\n`);
  writeFileSync(join(sandbox.directory, 'x.sh'), `#!/bin/sh\n: > ${sandbox.directory}/started\n`, { mode: 0o755 });
  mkdirSync(join(sandbox.directory, 'src'));
  writeFileSync(join(sandbox.directory, 'src/work.py'), '');
  return sandbox;
}

describe('a project starts nothing, brings in nothing and deletes nothing by its file', () => {
  test.each([
    ['python = "./x.sh"', '--python, VIVARIUM_PYTHON'],
    ['python = ["3.12", "x.sh"]', '--python, VIVARIUM_PYTHON'],
    ['try-first-with = ["./x.sh"]', '--try-first-with, VIVARIUM_TRY_FIRST_WITH'],
    ['extra-search-dir = ["./wheels"]', '--extra-search-dir, VIVARIUM_EXTRA_SEARCH_DIR'],
    ['app-data = "./cache"', '--app-data, VIVARIUM_APP_DATA'],
    ['reset-app-data = true', '--reset-app-data, VIVARIUM_RESET_APP_DATA'],
    ['sbom = "./src/work.py"', '--sbom, VIVARIUM_SBOM'],
    ['requirements = ["evil.txt"]', '--requirements, VIVARIUM_REQUIREMENTS'],
    ['with = ["evil"]', '--with, VIVARIUM_WITH'],
    ['allow-build = true', '--allow-build, VIVARIUM_ALLOW_BUILD'],
    ['write-lock = "./src/work.py"', '--write-lock, VIVARIUM_WRITE_LOCK'],
    ['clear = true\nforce = true', '--clear, VIVARIUM_CLEAR'],
    ['seed-package = ["evil"]', '--seed-package, VIVARIUM_SEED_PACKAGE'],
    ['pip = "./pip.whl"', '--pip, VIVARIUM_PIP'],
    ['activators = ["./x.mjs"]', '--project-plugins'],
  ])('%s', async (settings, instead) => {
    const sandbox = project(settings);
    const before = readdirSync(sandbox.directory, { recursive: true });
    for (const args of [['create', 'src'], ['create', '--dry-run', 'env'], ['plugins']]) {
      const { exitCode, stderr } = await sandbox.vivarium(...args);
      if (args[0] === 'create') {
        expect(exitCode).toBe(2);
        expect(stderr).toContain(join(sandbox.directory, 'pyproject.toml'));
        expect(stderr).toContain(`(tool.vivarium.${settings.split(' ')[0]})`);
        expect(stderr).toContain(instead);
      }
    }
    expect(existsSync(join(sandbox.directory, 'started'))).toBe(false);
    const after = readdirSync(sandbox.directory, { recursive: true }).filter(
      (name) => !String(name).startsWith('data'),
    );
    expect(after).toEqual(before);
  });
});

test('what a project may set counts, and so does everything in a file of the user', async () => {
  const sandbox = project('prompt = "mine"\nsystem-site-packages = true\nactivators = ["bash"]\npip = "bundle"');
  const config = join(sandbox.directory, '.config/vivarium');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'vivarium.toml'), 'app-data = "./cache"\nno-seed = true\n');
  expect(await sandbox.vivarium('create', 'env')).toMatchObject({ exitCode: 0, stderr: '' });
  const cfg = readFileSync(join(sandbox.directory, 'env/pyvenv.cfg'), 'utf8');
  expect(cfg).toMatch(/^include-system-site-packages = true$/m);
  expect(cfg).toMatch(/^prompt = .*mine/m);
  expect(readdirSync(config)).toEqual(['cache', 'vivarium.toml']);
});

test.skipIf(process.getuid?.() !== 0)(
  "another user's file above the cwd names no plugin, whatever is said",
  async () => {
    const sandbox = project('activators = ["./evil.mjs"]');
    writeFileSync(
      join(sandbox.directory, 'evil.mjs'),
      `import { writeFileSync } from 'node:fs'; writeFileSync('${sandbox.directory}/started', '');`,
    );
    chownSync(join(sandbox.directory, 'pyproject.toml'), 12_345, 12_345);
    const { exitCode, stderr } = await sandbox.runIn(
      join(sandbox.directory, 'src'),
      'env',
      'VIVARIUM_PROJECT_PLUGINS=1',
      vivariumCommand(),
      'create',
      'env',
    );
    expect(stderr).toContain('the file of another user may not decide that');
    expect(exitCode).toBe(2);
    expect(existsSync(join(sandbox.directory, 'started'))).toBe(false);
  },
);
