import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineOptions, messageOf, VivariumError } from '@vivarium/core/host';
import { type LockedWheel, wheelsFor } from '@vivarium/wheel-resolver/updates';
import { envelope } from '../json/envelope.ts';
import { assertReachable, currentDirectory } from '../start/cwd.ts';
import { print } from '../terminal/console.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore, usageError } from './positionals.ts';

const seedWheelsOptions = defineOptions({
  python: {
    type: 'list',
    short: 'p',
    placeholder: 'VERSION',
    help: 'a minor version of Python (3.12) that the program creates environments with; can be given more than once (default: all)',
    group: 'Options',
  },
  ...commonOptions,
});

/** `vivarium seed-wheels export DIR` */
export const command: Command = {
  description: [
    'Copies the wheels of pip, setuptools and wheel that new environments start with into DIR, for a program that bundles',
    'vivarium and ships them with itself. Such a program names the directory with `seedWheels`.',
  ],
  options: () => seedWheelsOptions,
  completes: ['export'],
  run: seedWheels,
};

async function seedWheels(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'seed-wheels', options: seedWheelsOptions });
  const [action, destination] = positionals;
  if (action !== 'export') {
    throw usageError(
      action === undefined ? 'Missing required argument export' : `Unknown action \`${action}\``,
      'Write `vivarium seed-wheels export DIR`.',
    );
  }
  if (destination === undefined) throw usageError('Missing required argument DIR');
  assertNoMore(positionals, 2);
  const cwd = currentDirectory();
  assertReachable(destination, cwd);
  const { wheels, directory: source } = await wheelsFor(settings.python?.map(checkVersion));
  const directory = resolve(cwd, destination);
  copyAll(wheels, source, directory);
  const total = wheels.reduce((sum, { size }) => sum + size, 0);
  if (settings.json) {
    return print(
      envelope('seed-wheels', { directory, wheels: wheels.map(({ file, sha256, size }) => ({ file, sha256, size })) }),
    );
  }
  print(
    [...wheels.map(({ file }) => join(directory, file)), `${wheels.length} wheels, ${formatBytes(total)}`].join('\n'),
  );
}

function checkVersion(text: string): string {
  if (/^\d+\.\d+$/.test(text)) return text;
  throw new VivariumError('SETTING_INVALID', `\`${text}\` is not a minor version of Python`, {
    source: '--python',
    hint: 'Write 3.12, for example.',
  });
}

function copyAll(wheels: readonly LockedWheel[], source: string, directory: string): void {
  const missing = wheels.find(({ file }) => !existsSync(join(source, file)));
  if (missing !== undefined) {
    throw new VivariumError('SEED_WHEELS_NOT_INSTALLED', `There is no ${missing.file} in ${source}`, {
      hint: 'Install vivarium from the registry: a clone may have been built without the wheels.',
    });
  }
  try {
    mkdirSync(directory, { recursive: true });
    for (const { file } of wheels) copyFileSync(join(source, file), join(directory, file));
  } catch (error) {
    throw new VivariumError('OUTPUT_NOT_WRITABLE', `The wheels can't be copied to ${directory} (${messageOf(error)})`, {
      cause: error,
      hint: 'Choose a directory that you may write to.',
    });
  }
}
