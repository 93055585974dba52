// `npm test`: sets up what is missing (also the shells that the tests need, where the machine allows it), runs all
// checks and all tests, and ends with their number.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './checks.mjs';
import { bringPythons, QUICK_PYTHONS } from './further-pythons.mjs';
import { root, run, setUp, tool } from './set-up.mjs';
import { describeMachine, setUpMachine } from './test-machine.mjs';

const startedAt = Date.now();
setUp();
setUpMachine();
const machine = describeMachine();
const pythons = bringPythons(QUICK_PYTHONS);
process.stdout.write(`${[machine.table, ...pythons.lines.map((line) => `  ${line}`)].join('\n')}\n`);

// What is on the machine decides what tests find out, so it is part of what their results are remembered by.
const identity = `${machine.identity}\n${pythons.variable}`;
const env = {
  VIVARIUM_TEST_MACHINE: createHash('sha256').update(identity).digest('hex'),
  VIVARIUM_PYTHONS: pythons.variable,
};
const failedChecks = runChecks();
const status = run(tool('turbo'), ['run', 'test', '--continue', '--log-prefix=none', '--concurrency=1'], { env });

const counted = countTests();
for (const line of counted.skippedTitles) process.stdout.write(`skipped: ${line}\n`);
for (const check of failedChecks) process.stdout.write(`failed: the check \`${check}\`\n`);
for (const line of counted.failures) process.stdout.write(`failed: ${line}\n`);
const failed = counted.failed + failedChecks.length + (status !== 0 && counted.failed === 0 ? 1 : 0);
process.stdout.write(`all tests took ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
process.stdout.write(`${counted.passed} passed, ${failed} failed, ${counted.skipped} skipped\n`);
process.exit(failed === 0 && counted.passed > 0 ? 0 : 1);

/** Adds up what the packages' test runs wrote down, also where the task runner answered from its cache. */
function countTests() {
  const sum = { passed: 0, failed: 0, skipped: 0, skippedTitles: [], failures: [] };
  for (const name of readdirSync(join(root, 'packages'))) {
    const file = join(root, 'packages', name, 'test-results.json');
    if (!existsSync(file)) continue;
    const results = JSON.parse(readFileSync(file, 'utf8'));
    sum.passed += results.numPassedTests;
    // A file that could not be loaded has no tests to count, and is a failure all the same.
    sum.failed += Math.max(results.numFailedTests, results.testResults.filter((it) => it.status === 'failed').length);
    sum.skipped += results.numPendingTests + results.numTodoTests;
    for (const { assertionResults, status, message } of results.testResults) {
      if (status === 'failed' && message) sum.failures.push(`${name}: ${beginningOf(message)}`);
      for (const test of assertionResults) {
        if (test.status === 'failed') {
          sum.failures.push(`${name}: ${test.fullName}\n${beginningOf(test.failureMessages.join('\n'))}`);
        }
        if (test.status === 'pending' || test.status === 'skipped') sum.skippedTitles.push(`${name}: ${test.fullName}`);
      }
    }
  }
  return sum;
}

/** What tells most of a failure; the whole of it is further up. */
function beginningOf(message) {
  return message.split('\n').slice(0, 12).join('\n').slice(0, 1500);
}
