// What a run of all tests is told to its readers: how long each suite took, the slowest tests, what was skipped and
// why, and whether each test that SECURITY.md names was run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './set-up.mjs';

/**
 * @typedef {import('../vitest.report.ts').FileReport} FileReport
 * @typedef {{ readonly files: readonly FileReport[], readonly unhandled: readonly string[] }} Report
 * @typedef {{ lines: readonly string[], failures: readonly string[], passed: number, skipped: number }} Summary
 */

const SLOWEST = 30;

/**
 * @param {string} text
 * @returns {Report}
 */
export function readReport(text) {
  return JSON.parse(text);
}

/**
 * @param {Report | undefined} report - none if the run ended before it could write one
 * @returns {Summary}
 */
export function summarize(report) {
  if (report === undefined)
    return { lines: [], failures: ['the run of the tests wrote no report'], passed: 0, skipped: 0 };
  const tests = report.files.flatMap(({ path, tests }) => tests.map((test) => ({ ...test, suite: suiteOf(path) })));
  const skipped = tests.filter(({ state }) => state === 'skipped');
  return {
    lines: [
      ...durations(report.files),
      ...[...tests]
        .sort((one, other) => other.duration - one.duration)
        .slice(0, SLOWEST)
        .map(({ duration, suite, title }) => `slow: ${seconds(duration)} ${suite}: ${title}`),
      ...skipped.map(
        ({ suite, title, note }) => `skipped: ${suite}: ${title}${note === undefined ? '' : ` (${note})`}`,
      ),
    ],
    failures: [
      ...report.unhandled.map((message) => `an error outside of all tests: ${beginningOf(message)}`),
      ...report.files.flatMap(({ path, errors }) => errors.map((error) => `${path}: ${beginningOf(error)}`)),
      ...tests
        .filter(({ state }) => state === 'failed' || state === 'pending')
        .map(({ suite, title, errors }) => `${suite}: ${title}\n${beginningOf(errors.join('\n'))}`),
      ...brokenPromises(tests.filter(({ state }) => state === 'passed' || state === 'skipped')),
    ],
    passed: tests.filter(({ state }) => state === 'passed').length,
    skipped: skipped.length,
  };
}

/**
 * The time of each suite: the sum of its files', of which two run at a time.
 *
 * @param {readonly FileReport[]} files
 */
function durations(files) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { path, duration } of files) sums.set(suiteOf(path), (sums.get(suiteOf(path)) ?? 0) + duration);
  const sorted = [...sums].sort(([, one], [, other]) => other - one);
  return sorted.map(([suite, duration]) => `suite: ${seconds(duration)} ${suite}`);
}

/**
 * The tests that SECURITY.md names and that were not run. A part of the tests can't tell, so that it is not asked.
 *
 * @param {readonly { readonly title: string }[]} tests
 */
function brokenPromises(tests) {
  if (process.argv.length > 2) return [];
  return promisedTests().flatMap((title) => {
    // What a table of cases fills in is in the title of each case.
    const parts = title.split(/%[a-z]/);
    const isRun = tests.some((test) => parts.every((part) => test.title.includes(part)));
    return isRun ? [] : [`SECURITY.md names a test that was not run: ${title}`];
  });
}

/** The titles of tests in the last column of the tables of SECURITY.md, up to a part that is filled in. */
function promisedTests() {
  const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return rows.flatMap((row) =>
    [...(row.split('|').at(-2) ?? '').matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  );
}

/** @param {string} path */
function suiteOf(path) {
  return /^packages\/([^/]+)\//.exec(path)?.[1] ?? path;
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1).padStart(7)} s`;
}

/**
 * What tells most of a failure; the whole of it is further up.
 *
 * @param {string} message
 */
function beginningOf(message) {
  return message.split('\n').slice(0, 12).join('\n').slice(0, 1500);
}
