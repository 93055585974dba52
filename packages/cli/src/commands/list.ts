import { defineOptions } from '@vivarium/core/host';
import { collect } from '../environments/collect.ts';
import { listLines, listRow } from '../environments/row.ts';
import { envelope } from '../json/envelope.ts';
import { openConsole, print } from '../terminal/console.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { usageError } from './positionals.ts';

const listOptions = defineOptions({
  known: {
    type: 'boolean',
    default: false,
    help: 'with DIR: also the places where programs keep environments',
    group: 'Options',
  },
  size: {
    type: 'boolean',
    default: false,
    help: 'measure each: what would be free without it',
    group: 'Options',
  },
  maxDirectories: {
    type: 'string',
    default: '200000',
    placeholder: 'COUNT',
    help: 'how many are read at most below DIR',
    group: 'Options',
  },
  ...commonOptions,
});

/** `vivarium list [DIR...]` */
export const command: Command = {
  description: [
    'Lists the environments of all programs: below each directory DIR, or else where vivarium, virtualenvwrapper, pipenv,',
    'poetry, pipx, hatch, pdm, uv, pyenv and conda keep theirs. Nothing is started or changed. A Python in parentheses is what',
    'the environment records; it is not there any more.',
  ],
  options: () => listOptions,
  completes: 'directories',
  run: list,
};

async function list(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'list', options: listOptions });
  const { listed, isCutShort } = await collect({
    directories: positionals,
    ...(settings.known ? { known: true } : {}),
    size: settings.size,
    maxDirectories: countOf(settings.maxDirectories),
  });
  if (isCutShort) {
    openConsole(0).warn(
      `${settings.maxDirectories} directories were read, and there are more; raise --max-directories`,
    );
  }
  if (settings.json) return print(envelope('list', { environments: listed.map(listRow), isCutShort }));
  if (listed.length > 0) print(listLines(listed, Date.now()).join('\n'));
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`--max-directories can't be used: expected a number, got \`${text}\``);
}
