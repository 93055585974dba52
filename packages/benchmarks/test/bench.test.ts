import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../src/output/report.ts';

const BENCH = fileURLToPath(new URL('../dist/bench.js', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'vivarium-bench-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let report: Report;
let stdout: string;

beforeAll(async () => {
  const json = join(directory, 'report.json');
  ({ stdout } = await execa(process.execPath, [BENCH, '--small', '--json', json], { env: { TMPDIR: directory } }));
  report = JSON.parse(readFileSync(json, 'utf8'));
}, 600_000);

test('a small run answers every question, and leaves nothing behind', () => {
  const measured = report.cases.filter(({ rows }) => rows.length > 0).map(({ name }) => name);
  expect(measured).toEqual([
    'no-seed',
    'seeded',
    'cold-cache',
    'ready-to-work',
    'several',
    'in-process',
    'event-loop',
    'imports',
    'disk',
    'lock-django',
    'lock-django-ready',
    'lock-django-cold',
    'lock-disk',
    'answers',
    'activation',
    'discovery',
    'run',
    'existing',
    'growth',
    ...('system calls' in report.missing ? [] : ['counts']),
    'file-operations',
  ]);
  expect(report.cases.flatMap(({ rows }) => rows.flatMap(({ failure }) => failure ?? []))).toEqual([]);
  expect(stdout).toContain('| vivarium create --no-seed |');
  expect(report.commit).toMatch(/^[0-9a-f]{12}\+?$|^unknown$/);
  expect(report.reference).toEqual({ before: [expect.any(Number)], after: [expect.any(Number)] });
  const samples = report.cases.flatMap(({ rows }) => rows.map((row) => Object.keys(row.samples).length === row.rounds));
  expect(samples.every(Boolean)).toBe(true);
  expect(readdirSync(directory)).toEqual(['report.json']);
});

test('refuses what is no case and no number', async () => {
  const asked = (...args: string[]) => execa(process.execPath, [BENCH, ...args], { reject: false });
  expect(await asked('--only', 'nothing')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^error: --only nothing/),
  });
  expect(await asked('--rounds', 'many')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^error: --rounds many/),
  });
});

// What is counted is the same on a loaded machine. Who makes the warm path cheaper lowers these.
const LIMITS = {
  // Some forty calls make the directory of a run private, recognise what killed ones left, and look before the commit
  // whether the staging directory is the same and whole: two more for each directory in it (139 with seeds).
  'vivarium create --no-seed': { fileCalls: 170, processes: 0, parts: 2 },
  // One `lstat` for each of the 956 files of the image tells whether it is as it was built (SECURITY.md).
  'vivarium create': { fileCalls: 2520, processes: 0, parts: 3 },
};

describe('on the warm path', () => {
  test.for(Object.entries(LIMITS))('%s stays within its limits (counted by strace)', ([name, limits], { skip }) => {
    const row = report.cases.find((it) => it.name === 'counts')?.rows.find((it) => it.name === name);
    if ('system calls' in report.missing && process.env.CI !== 'true') return skip();
    for (const measure of ['fileCalls', 'processes', 'parts'] as const) {
      expect(row?.figures[measure]?.median, measure).toBeLessThanOrEqual(limits[measure]);
    }
  });
});

// Both forms together, the library and the command. What a run loads is counted as parts above. Only their own runs load
// the commands for existing environments (run, env, move, clone, list, remove, prune, undo) and what fetches Pythons,
// which takes 100 KB in each form with its list of hashes.
const MAX_KILOBYTES = 2150;

test(`the code of the command takes at most ${MAX_KILOBYTES} KB`, () => {
  const dist = fileURLToPath(new URL('../../cli/dist', import.meta.url));
  const files = readdirSync(dist).filter((name) => /\.[cm]?js$/.test(name));
  const bytes = files.reduce((sum, name) => sum + readFileSync(join(dist, name)).length, 0);
  expect(Math.round(bytes / 1000)).toBeLessThanOrEqual(MAX_KILOBYTES);
});
