import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MadeWheel, makeWheel } from '@vivarium/test-utils/make-wheel';
import { type OfferedFile, serveIndex } from '@vivarium/test-utils/serve-index';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const work = mkdtempSync(join(tmpdir(), 'seed-wheels-'));
afterAll(() => rmSync(work, { recursive: true }));

const one = makeWheel({ name: 'one', version: '1.0', requiresPython: '>=3.6' });
const other = makeWheel({ name: 'one', version: '2.0', requiresPython: '>=3.9' });
const two = makeWheel({ name: 'two', version: '5.1' });
let python: string;

beforeAll(async () => {
  // One Python alone is on the PATH of these runs, by a name that the script looks for.
  python = join(work, 'bin');
  mkdirSync(python);
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.executable)'], process.env);
  symlinkSync(stdout.trim(), join(python, 'python3'));
});

let directories = 0;

/** A copy of the package whose lock file names other wheels. */
function makePackage(wheels: readonly MadeWheel[]): string {
  directories += 1;
  const directory = join(work, `package-${directories}`);
  cpSync(new URL('../scripts', import.meta.url), join(directory, 'scripts'), { recursive: true });
  const locked = wheels.map(({ file, bytes, sha256 }) => {
    const [name, version] = file.split('-');
    const range = file === one.file ? '>=3.6' : file === other.file ? '>=3.9' : '';
    return { name, version, file, sha256, size: bytes.length, python: range, requires: [] };
  });
  writeFileSync(join(directory, 'wheels.lock.json'), JSON.stringify({ format: 1, wheels: locked }));
  return directory;
}

async function fetchWheels(directory: string, env: NodeJS.ProcessEnv) {
  const result = await run(process.execPath, [join(directory, 'scripts/fetch-wheels.mjs')], env);
  const wheels = join(directory, 'wheels');
  return { ...result, files: readdirSync(directory).includes('wheels') ? readdirSync(wheels).sort() : [] };
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(command, args, { env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function withIndex(files: readonly OfferedFile[], use: (env: NodeJS.ProcessEnv) => Promise<void>) {
  const index = await serveIndex(files);
  try {
    await use({
      PATH: python,
      HOME: work,
      PIP_CONFIG_FILE: '/dev/null',
      PIP_INDEX_URL: index.url,
      PIP_NO_CACHE_DIR: '1',
    });
  } finally {
    await index.close();
  }
}

describe('fetching', () => {
  test('gets what the lock file names, several versions of one name too, and nothing else', async () => {
    const directory = makePackage([one, other, two]);
    await withIndex([one, { ...other, requiresPython: '>=3.9' }, two], async (env) => {
      expect(await fetchWheels(directory, env)).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
        files: [one.file, other.file, two.file].sort(),
      });
    });
    expect(readFileSync(join(directory, 'wheels', two.file)).equals(two.bytes)).toBe(true);
  });

  test('starts nothing when all are there', async () => {
    const directory = makePackage([one]);
    mkdirSync(join(directory, 'wheels'));
    writeFileSync(join(directory, 'wheels', one.file), one.bytes);
    expect(await fetchWheels(directory, { PATH: '/nowhere' })).toMatchObject({ code: 0, stderr: '' });
  });

  test('fetches a file again that was cut off', async () => {
    const directory = makePackage([one]);
    mkdirSync(join(directory, 'wheels'));
    writeFileSync(join(directory, 'wheels', one.file), one.bytes.subarray(0, 100));
    await withIndex([one], async (env) => {
      expect(await fetchWheels(directory, env)).toMatchObject({ code: 0, stderr: '', files: [one.file] });
    });
    expect(readFileSync(join(directory, 'wheels', one.file)).equals(one.bytes)).toBe(true);
  });

  test.each([
    [
      'has other bytes than those that are locked',
      [{ ...two, bytes: makeWheel({ name: 'two', version: '5.1', files: [] }).bytes }],
    ],
    ['is cut off midway', [{ ...two, fault: 'cut' as const }]],
    ['is not there', []],
  ])('says so in one line, fails nothing and keeps nothing half-made when a file %s', async (_, files) => {
    const directory = makePackage([two]);
    await withIndex(files, async (env) => {
      const { code, stderr, stdout, files: fetched } = await fetchWheels(directory, env);
      expect({ code, stdout, fetched }).toEqual({ code: 0, stdout: '', fetched: [] });
      expect(stderr).toMatch(/^seed wheels were not fetched, environments get those of their interpreter \(.+\)\n$/);
    });
  });

  test('says so in one line where there is no Python', async () => {
    const { code, stderr } = await fetchWheels(makePackage([one]), { PATH: '/nowhere' });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^seed wheels were not fetched, .*no Python with pip is on the PATH\)\n$/);
  });
});
