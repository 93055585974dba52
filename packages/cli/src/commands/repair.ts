import { defineOptions, stepLine } from '@vivarium/core/host';
import { cliOptions } from '../cli-options.ts';
import { envelope, jsonError } from '../json/envelope.ts';
import { currentDirectory } from '../start/cwd.ts';
import { openConsole } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { printError } from '../terminal/print-error.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore } from './positionals.ts';

/** The settings of `vivarium repair`. */
const repairOptions = defineOptions({
  base: {
    type: 'string',
    short: 'p',
    placeholder: 'PYTHON',
    help: 'use this Python as base; one of another minor version creates the environment again and installs its packages again',
    group: 'Options',
  },
  dryRun: cliOptions.dryRun,
  ...commonOptions,
});

/** `vivarium repair [ENV]` */
export const command: Command = {
  description: [
    'Fixes what `vivarium doctor` finds in the environment ENV (default: .venv) by the smallest changes, which appear',
    'whole or not at all. Says why where it cannot. Never changes to another minor version of Python unasked.',
  ],
  options: () => repairOptions,
  completes: 'environments',
  run: repair,
};

async function repair(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'repair', options: repairOptions });
  assertNoMore(positionals, 1);
  const { repairEnvironment, leftError } = await import('../environments/repair.ts');
  const { diagnosisDocument, findingDocument } = await import('../environments/show-findings.ts');
  const { print, warn, debug } = openConsole(0);
  const { dryRun } = settings;
  const repaired = await repairEnvironment({
    path: positionals[0] ?? '.venv',
    python: settings.base,
    ...{ dryRun, env: process.env, cwd: currentDirectory(), signal: abortOnInterruption(), warn, debug },
  });
  const { diagnosis, repair: planned, remaining, skipped } = repaired;
  const steps = planned.changes?.steps ?? [];
  const error = leftError(repaired);
  if (error !== undefined) process.exitCode = error.exitCode;
  if (settings.json) {
    const data = {
      environment: diagnosisDocument(diagnosis),
      isDryRun: dryRun,
      steps,
      fixed: planned.fixes,
      skipped,
      remaining: remaining.map(findingDocument),
    };
    return print(envelope('repair', data, error === undefined ? [] : [jsonError(error)]));
  }
  const { directory } = diagnosis.inspection;
  if (diagnosis.findings.length === 0) print(`${directory}: nothing is wrong`);
  if (dryRun) for (const step of steps) print(stepLine(step));
  else if (planned.fixes.length > 0) print(`${directory}: repaired ${planned.fixes.join(', ')}`);
  if (error !== undefined) printError(error, { withTraceback: settings.withTraceback });
}
