import { defineOptions } from '@vivarium/core/host';
import type { Inspection } from '@vivarium/environments';
import type { Started } from '../environments/show-inspection.ts';
import { envelope } from '../json/envelope.ts';
import { print } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore } from './positionals.ts';

/** The settings of `vivarium inspect`. */
const inspectOptions = defineOptions({
  start: {
    type: 'boolean',
    default: false,
    help: 'start the Python of the environment and say what it answers',
    group: 'Options',
  },
  ...commonOptions,
});

/** `vivarium inspect [ENV]` */
export const command: Command = {
  description: [
    'Shows what the environment ENV (default: .venv) is: who created it, its Python as recorded and as found, what is',
    'installed, what runs at start-up, its size, and how to activate it. Starts nothing and writes nothing.',
  ],
  options: () => inspectOptions,
  completes: 'environments',
  run: inspectEnvironment,
};

async function inspectEnvironment(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'inspect', options: inspectOptions });
  assertNoMore(positionals, 1);
  const [path = '.venv'] = positionals;
  const { inspect } = await import('@vivarium/environments');
  const inspection = inspect(path, { size: true });
  const { activationLine } = await import('../environments/activation-line.ts');
  const activation = activationLine(inspection);
  const started = settings.start ? await start(inspection) : undefined;
  const { inspectionDocument, inspectionLines } = await import('../environments/show-inspection.ts');
  if (settings.json) return print(envelope('inspect', inspectionDocument(inspection, { activation, started })));
  print(inspectionLines(inspection, { activation, started }).join('\n'));
}

async function start(inspection: Inspection): Promise<Started> {
  const { startPython } = await import('../environments/start-python.ts');
  return startPython(inspection, abortOnInterruption());
}
