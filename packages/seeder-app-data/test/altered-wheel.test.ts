import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wheelsDirectory } from '@vivarium/seed-wheels';
import { bundleScript } from '@vivarium/test-utils/bundle-script';
import { expect, test } from 'vitest';
import { newRun, PYTHON, probe, settingsWith, temporaryDirectory } from './lab.ts';

const hasWheels = readdirSync(join(wheelsDirectory, '..')).includes('wheels');

const SCRIPT = fileURLToPath(new URL('plan-and-tell.mjs', import.meta.url));

/** Plans with the wheels of the packages, each changed. */
async function planWith(change: (wheel: Buffer) => Buffer): Promise<string> {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'wheels'));
  for (const file of readdirSync(wheelsDirectory).filter((name) => name.startsWith('pip-'))) {
    writeFileSync(join(directory, 'wheels', file), change(readFileSync(join(wheelsDirectory, file))));
  }
  const interpreter = await probe(PYTHON, newRun());
  const { pip: _, ...settings } = settingsWith({ noSetuptools: true, noWheel: true });
  const asked = JSON.stringify({
    interpreter,
    settings: { ...settings, pip: 'embed' },
    cache: join(directory, 'cache'),
  });
  const script = await bundleScript(SCRIPT, directory, { 'packages/seed-wheels/src': join(directory, 'src') });
  return execFileSync(process.execPath, [script, asked], { cwd: directory, encoding: 'utf8' });
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
