// `npm test`: sets up what is missing (also the shells that the tests need, where the machine allows it), runs all
// checks and all tests, and ends with their number.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './checks.mjs';
import { bringPythons, QUICK_PYTHONS } from './further-pythons.mjs';
import { bringRuntimes } from './further-runtimes.mjs';
import { describeMachine } from './machine/describe.mjs';
import { installNeeds } from './machine/install.mjs';
import { root, run, setUp, tool } from './set-up.mjs';
import { readReport, summarize } from './test-report.mjs';

const startedAt = Date.now();
setUp();
installNeeds();
const pythons = bringPythons(QUICK_PYTHONS);
const runtimes = bringRuntimes();
process.stdout.write(
  `${[describeMachine(), ...[...pythons.lines, ...runtimes.lines].map((line) => `  ${line}`)].join('\n')}\n`,
);

const failedChecks = await runChecks();
const cache = join(root, 'node_modules', '.cache');
const report = join(cache, 'test-report.json');
mkdirSync(cache, { recursive: true });
// What an earlier run has written is not what this one found.
rmSync(report, { force: true });
const status = run(tool('vitest'), ['run', ...process.argv.slice(2)], {
  env: {
    VIVARIUM_PYTHONS: pythons.variable,
    VIVARIUM_RUNTIMES: runtimes.variable,
    VIVARIUM_TEST_REPORT: report,
  },
});

const summary = summarize(existsSync(report) ? readReport(readFileSync(report, 'utf8')) : undefined);
const failures = [...failedChecks.map((check) => `the check \`${check}\``), ...summary.failures];
if (status !== 0 && failures.length === 0) failures.push(`vitest ended with exit code ${status}`);
for (const line of summary.lines) process.stdout.write(`${line}\n`);
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
process.stdout.write(`all checks and tests took ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
process.stdout.write(`${summary.passed} passed, ${failures.length} failed, ${summary.skipped} skipped\n`);
process.exit(failures.length === 0 && summary.passed > 0 ? 0 : 1);
