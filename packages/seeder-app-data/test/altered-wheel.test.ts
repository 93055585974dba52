import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wheelsDirectory } from '@vivarium/seed-wheels';
import { expect, test } from 'vitest';
import { newRun, PYTHON, probe, settingsWith, temporaryDirectory } from './lab.ts';

const packages = fileURLToPath(new URL('../..', import.meta.url));
const hasWheels = readdirSync(join(wheelsDirectory, '..')).includes('wheels');

const SCRIPT = `
import { openCache } from '@vivarium/core/host';
import seeder from '@vivarium/seeder-app-data';
const { interpreter, settings, cache } = JSON.parse(process.argv[1]);
const environment = { destination: '/nowhere/env', interpreter, layout: { ...interpreter.scheme, executable: 'bin/python' } };
const context = { env: {}, cwd: '/', cache: openCache({ directory: cache }), signal: new AbortController().signal, warn() {}, debug() {} };
await seeder.plan(environment, settings, context).then(
  () => console.log('accepted'),
  (error) => console.log(error.code + ': ' + error.message),
);
`;

/** Installs copies of the packages, changes the wheels in them, and plans there. */
async function planWith(change: (wheel: Buffer) => Buffer): Promise<string> {
  const directory = temporaryDirectory();
  const scope = join(directory, 'node_modules/@vivarium');
  for (const name of ['wheel-resolver', 'seed-wheels', 'seeder-app-data']) {
    mkdirSync(join(scope, name), { recursive: true });
    cpSync(join(packages, name, 'dist'), join(scope, name, 'dist'), { recursive: true });
    cpSync(join(packages, name, 'package.json'), join(scope, name, 'package.json'));
  }
  symlinkSync(join(packages, 'core'), join(scope, 'core'));
  symlinkSync(join(packages, 'wheel-resolver/node_modules/@renovatebot'), join(directory, 'node_modules/@renovatebot'));
  mkdirSync(join(scope, 'seed-wheels/wheels'));
  for (const file of readdirSync(wheelsDirectory).filter((name) => name.startsWith('pip-'))) {
    writeFileSync(join(scope, 'seed-wheels/wheels', file), change(readFileSync(join(wheelsDirectory, file))));
  }
  const interpreter = await probe(PYTHON, newRun());
  const { pip: _, ...settings } = settingsWith({ noSetuptools: true, noWheel: true });
  const asked = JSON.stringify({
    interpreter,
    settings: { ...settings, pip: 'embed' },
    cache: join(directory, 'cache'),
  });
  return execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT, asked], {
    cwd: directory,
    encoding: 'utf8',
  });
}

// Where nothing could be fetched there is nothing to alter; the set-up has said so.
test.skipIf(!hasWheels)('a locked wheel in which one byte was changed is refused', async () => {
  expect(await planWith((wheel) => wheel)).toBe('accepted\n');
  const altered = await planWith((wheel) => {
    const middle = wheel.length >> 1;
    wheel.writeUInt8(wheel.readUInt8(middle) ^ 1, middle);
    return wheel;
  });
  expect(altered).toMatch(
    /^WHEEL_INVALID: The wheel pip-.* is refused, because its SHA-256 is another than [0-9a-f]{64}\n$/,
  );
});
