import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { serveIndex } from '@vivarium/test-utils/serve-index';
import { expect, onTestFinished, test } from 'vitest';
import { newSandbox, type Sandbox } from './vivarium.ts';

const python = INSTALLED_PYTHONS_3.at(-1)?.executable ?? '/usr/bin/python3';
const app = makeWheel({ name: 'App', version: '2.0', requires: ['dep<2'] });
const dep = makeWheel({ name: 'dep', version: '1.5' });
const newer = makeWheel({ name: 'dep', version: '2.0' });

async function sandboxWithIndex(): Promise<Sandbox> {
  const index = await serveIndex([app, dep, newer], { credentials: 'me:s3cret' });
  onTestFinished(() => index.close());
  const url = index.url.replace('//', '//me:s3cret@');
  return newSandbox({ PIP_CONFIG_FILE: '/dev/null', PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '0', PIP_INDEX_URL: url });
}

test('requirements become a lock in a file, on standard output and in a document', async () => {
  const sandbox = await sandboxWithIndex();
  writeFileSync(join(sandbox.directory, 'requirements.in'), '# what the application needs\napp\n');
  const written = await sandbox.vivarium('lock', '-r', 'requirements.in', '-p', python, '-o', 'pylock.toml');
  expect(written).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringMatching(/^app 2\.0\ndep 1\.5\nwrote .*\/pylock\.toml \(2 packages, by pip [\d.]+\)$/),
  });
  const text = readFileSync(join(sandbox.directory, 'pylock.toml'), 'utf8');
  expect(text).toContain(`hashes = { sha256 = "${dep.sha256}" }`);
  expect(text).not.toMatch(/s3cret|me:/);
  const { stdout } = await sandbox.vivarium('lock', '--json', '--with', 'App', '-p', python);
  expect(JSON.parse(stdout)).toMatchObject({
    lock: text,
    packages: [
      { name: 'app', version: '2.0', source: 'files', requested: true },
      { name: 'dep', version: '1.5', source: 'files', requested: false },
    ],
  });
  const printed = await sandbox.vivarium('lock', '--with', 'app', '-p', python);
  expect(printed).toEqual({ exitCode: 0, stderr: '', stdout: text.trimEnd() });
});

test('what contradicts itself is one error, and leaves the lock that is there', async () => {
  const sandbox = await sandboxWithIndex();
  writeFileSync(join(sandbox.directory, 'pylock.toml'), 'as it was');
  const failed = await sandbox.vivarium(
    'lock',
    '--with',
    'app',
    '--with',
    'dep==2.0',
    '-p',
    python,
    '-o',
    'pylock.toml',
  );
  expect(failed).toMatchObject({ exitCode: 1, stdout: '' });
  expect(failed.stderr).toMatch(/^error: The requirements can't be resolved, pip exited with code 1:\n.*dep/s);
  expect(failed.stderr).not.toMatch(/s3cret|Traceback|\n\s+at /);
  expect(readFileSync(join(sandbox.directory, 'pylock.toml'), 'utf8')).toBe('as it was');
});

test.each([
  'requirements = ["evil.txt"]',
  'with = ["evil"]',
  'resolver = "uv"',
  'allow-build = true',
  'output = "pylock.toml"',
])("a project's file may not say %s", async (setting) => {
  const sandbox = newSandbox();
  writeFileSync(join(sandbox.directory, 'pyproject.toml'), `[tool.vivarium]\n${setting}\n`);
  const { exitCode, stderr } = await sandbox.vivarium('lock', '-p', python);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining(`(tool.vivarium.${setting.split(' ')[0]})`),
  });
});
