import { defineOptions, isVivariumError, type VivariumError } from '@vivarium/core/host';
import { envelope, jsonError } from '../json/envelope.ts';
import { currentDirectory } from '../start/cwd.ts';
import { openConsole } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { printError } from '../terminal/print-error.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';

/** The settings of `vivarium doctor`. */
const doctorOptions = defineOptions({
  fix: {
    type: 'boolean',
    default: false,
    help: 'repair what is found, as `vivarium repair` does',
    group: 'Options',
  },
  ...commonOptions,
});

/** `vivarium doctor [ENV...]` */
export const command: Command = {
  description: [
    'Looks for what is wrong with the environments ENV (default: .venv), whatever created them, and names the command',
    'that fixes each finding. Changes nothing without --fix. Exits with 1 if anything is found.',
  ],
  options: () => doctorOptions,
  completes: 'environments',
  run: doctor,
};

async function doctor(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'doctor', options: doctorOptions });
  const paths = positionals.length === 0 ? ['.venv'] : positionals;
  const { diagnose, diagnoseVariables } = await import('@vivarium/environments');
  const { diagnosisDocument, diagnosisLines, findingDocument, findingLines } = await import(
    '../environments/show-findings.ts'
  );
  const { print, warn, debug } = openConsole(0);
  const signal = abortOnInterruption();
  const variables = diagnoseVariables(process.env);
  const failures: { readonly path: string; readonly error: VivariumError }[] = [];
  const documents: object[] = [];
  let hasFindings = variables.length > 0;
  for (const path of paths) {
    try {
      signal.throwIfAborted();
      const diagnosis = settings.fix ? await fixed(path) : diagnose(path);
      hasFindings ||= diagnosis.findings.length > 0;
      documents.push(diagnosisDocument(diagnosis));
      if (!settings.json) print(diagnosisLines(diagnosis).join('\n'));
    } catch (error) {
      if (!isVivariumError(error) || error.code === 'INTERRUPTED') throw error;
      failures.push({ path, error });
      printError(error, { withTraceback: settings.withTraceback });
    }
  }
  const codes = failures.map(({ error }) => error.exitCode);
  process.exitCode = codes.length > 0 ? Math.max(...codes) : hasFindings ? 1 : 0;
  if (settings.json) {
    const errors = failures.map(({ path, error }) => ({ ...jsonError(error), destination: path }));
    return print(envelope('doctor', { environments: documents, variables: variables.map(findingDocument) }, errors));
  }
  if (variables.length > 0) print(['variables of this shell:', ...variables.flatMap(findingLines)].join('\n'));

  /** What is left after a repair. */
  async function fixed(path: string) {
    const { repairEnvironment } = await import('../environments/repair.ts');
    const cwd = currentDirectory();
    const { diagnosis, repair, remaining } = await repairEnvironment({
      ...{ path, dryRun: false, env: process.env, cwd, signal, warn, debug },
    });
    if (!settings.json && repair.fixes.length > 0) print(`repaired ${repair.fixes.join(', ')}`);
    return { inspection: diagnosis.inspection, findings: remaining };
  }
}
