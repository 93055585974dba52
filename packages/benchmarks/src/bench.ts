import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Case } from './case.ts';
import { cases } from './cases/all.ts';
import { commitOf } from './lab/commit.ts';
import { type Lab, withLab } from './lab/lab.ts';
import { describeMachine } from './lab/machine.ts';
import { driftProblem, loadProblem, startNode } from './measure/quiet.ts';
import { runCase } from './measure/run-case.ts';
import { pagesOf } from './output/pages.ts';
import { type CaseReport, type Report, reportOf } from './output/report.ts';
import { headOf, tableOf } from './output/table.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const JSON_FILE = join(ROOT, 'docs/benchmarks.json');
const USAGE = `usage: npm run bench -- [options]

  --rounds N       how often each contender runs in each case (default: 20)
  --only CASE      this case alone; may be repeated: ${cases.map(({ name }) => name).join(', ')}
  --small          one round, nothing is downloaded: shows that all of it runs
  --python PATH    the interpreter that environments are made for (default: the newest CPython 3)
  --json FILE      write the figures there
  --write          write docs/benchmarks.json, and from it all that shows figures: docs/benchmarks.md and .svg, and
                   parts of other pages. Refused on a loaded machine, when Node
                   starts a tenth faster or slower at the end, and with changes that no commit has
  --pages          measure nothing; write these pages from docs/benchmarks.json as it is
`;

const { values: asked } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    only: { type: 'string', multiple: true },
    small: { type: 'boolean', default: false },
    python: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    pages: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (asked.help) process.stdout.write(USAGE);
else if (asked.pages) writePages(JSON.parse(readFileSync(JSON_FILE, 'utf8')));
else await bench();

async function bench(): Promise<void> {
  const chosen = chooseCases();
  const rounds = asked.small ? 1 : Number.parseInt(asked.rounds, 10);
  if (!(rounds >= 1)) return refuse(`--rounds ${asked.rounds}: that is not a number of rounds`);
  if (chosen.length === 0) return refuse(`--only ${asked.only}: there is no such case`);
  const commit = await commitOf(ROOT);
  const problem = asked.write ? obstacleOf(commit) : undefined;
  if (problem !== undefined) return fail(problem);
  const report = await withLab({ isSmall: asked.small, python: asked.python }, (lab) =>
    runAll(chosen, lab, { rounds, commit }),
  );
  if (asked.json !== undefined) writeFileSync(asked.json, `${JSON.stringify(report, null, 2)}\n`);
  const drift = driftProblem(report.reference);
  if (asked.write && drift !== undefined) return fail(drift);
  if (asked.write) write(report);
  // Small runs are there to show that all of it runs.
  if (asked.small && report.cases.some(({ rows }) => rows.some(({ failure }) => failure))) process.exitCode = 1;
}

function chooseCases(): readonly Case[] {
  const { only } = asked;
  if (only === undefined) return cases;
  return only.some((name) => !cases.some((it) => it.name === name))
    ? []
    : cases.filter(({ name }) => only.includes(name));
}

async function runAll(
  chosen: readonly Case[],
  lab: Lab,
  { rounds, commit }: { readonly rounds: number; readonly commit: string },
): Promise<Report> {
  const takenAt = new Date().toISOString();
  const machine = await describeMachine(lab);
  const before = await startNode(lab);
  const reports: CaseReport[] = [];
  for (const it of chosen) {
    const report = reportOf(await runCase(it, lab, rounds));
    reports.push(report);
    process.stdout.write(`${tableOf(report)}\n\n`);
  }
  const reference = { before, after: await startNode(lab) };
  const missing = Object.fromEntries(lab.missing);
  const report: Report = { takenAt, commit, rounds, machine, reference, missing, cases: reports };
  process.stdout.write(`${headOf(report)}\n`);
  return report;
}

function write(report: Report): void {
  writeFileSync(JSON_FILE, `${JSON.stringify(report, null, 2)}\n`);
  writePages(report);
}

function writePages(report: Report): void {
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  for (const [path, text] of pagesOf(report, read)) writeFileSync(join(ROOT, path), text);
}

/** Why nothing is measured that is to be published. */
function obstacleOf(commit: string): string | undefined {
  if (commit.endsWith('+')) return 'there are changes that no commit has';
  return loadProblem(loadavg()[0] ?? 0, availableParallelism());
}

function fail(reason: string): void {
  process.stderr.write(`error: the results are not written: ${reason}\n`);
  process.exitCode = 1;
}

function refuse(sentence: string): void {
  process.stderr.write(`error: ${sentence}\n\n${USAGE}`);
  process.exitCode = 2;
}
