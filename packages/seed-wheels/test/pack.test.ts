import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const wheel = makeWheel({ name: 'one', version: '1.0' });

/** A copy of the package whose lock file names one wheel, with these files in `wheels/`. */
function makePackage(wheels: Readonly<Record<string, Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'seed-wheels-pack-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const name of ['package.json', 'scripts', 'README.md']) {
    cpSync(join(PACKAGE, name), join(directory, name), { recursive: true });
  }
  const { file, sha256, bytes } = wheel;
  const lock = { format: 1, wheels: [{ name: 'one', version: '1.0', file, sha256, size: bytes.length }] };
  writeFileSync(join(directory, 'wheels.lock.json'), JSON.stringify(lock));
  mkdirSync(join(directory, 'wheels'));
  for (const [name, contents] of Object.entries(wheels)) writeFileSync(join(directory, 'wheels', name), contents);
  return directory;
}

const damaged = Uint8Array.from(wheel.bytes, (byte, index) => (index === 100 ? byte ^ 1 : byte));

test.each([
  ['is missing', {}, /one-1\.0-.*\.whl is missing\n/],
  ['is another file', { [wheel.file]: damaged }, /one-1\.0-.*\.whl has another SHA-256 than the lock file\n/],
])('packing and publishing fail when a wheel %s, and say which', { timeout: 120_000 }, async (_, wheels, problem) => {
  const cwd = makePackage(wheels);
  for (const args of [['pack'], ['publish', '--dry-run']]) {
    const { exitCode, stderr } = await execa('npm', args, { cwd, reject: false });
    expect(exitCode, args.join(' ')).not.toBe(0);
    expect(stderr).toContain('error: the package is not packed, because its wheels are not those of wheels.lock.json');
    expect(stderr).toMatch(problem);
    expect(stderr).toContain('hint: fetch them with');
  }
  expect(readdirSync(cwd).filter((name) => name.endsWith('.tgz'))).toEqual([]);
});

test('the package can be packed when all wheels are there', { timeout: 60_000 }, async () => {
  const cwd = makePackage({ [wheel.file]: wheel.bytes });
  const { stdout } = await execa('npm', ['pack', '--silent'], { cwd });
  expect(existsSync(join(cwd, stdout.trim()))).toBe(true);
});
