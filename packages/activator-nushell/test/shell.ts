import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Shell } from '@vivarium/testkit';

const installed = fileURLToPath(new URL('../node_modules/@nushell/linux-x64/bin/nu', import.meta.url));

/** Nushell: the one that `VIVARIUM_TEST_NU` names, the one that npm has installed, or any on `PATH`. */
export const program: string = process.env.VIVARIUM_TEST_NU ?? (existsSync(installed) ? installed : 'nu');

const { stdout: version } = spawnSync(program, ['--version'], { encoding: 'utf8' });
const isBeforeSigil = /^0\.(10\d|11[0-3])\./.test(version ?? '');

/** A string with escapes: another way than the one that is being tested. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return `"${text.replace(/["\\\u0000-\u001f\u007f]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)}"`;
}

const list = (value: string): string => `[${value.split(':').filter(Boolean).map(quote).join(' ')}]`;

/** Nushell without any configuration. */
export const nushell: Shell = {
  name: 'Nushell',
  command: [program],
  version: ['--version'],
  script: 'activate.nu',
  extension: '.nu',
  // As a command, since Nushell looks for what a file names next to that file and not in the working directory.
  arguments: (file) => [
    '--no-config-file',
    ...(file.endsWith('activate.nu') ? [file] : ['-c', readFileSync(file, 'utf8')]),
  ],
  quote,
  activate: (script) => `overlay use ${quote(script)}`,
  deactivate: () => 'deactivate',
  include: (file) => `source ${file}`,
  export: (variable, value) => `$env.${variable} = ${variable === 'PATH' ? list(value) : quote(value)}`,
  unset: (variable) => `hide-env --ignore-errors ${variable}`,
  copy: (from, to) =>
    `if $env.${from}? == null { hide-env --ignore-errors ${to} } else { $env.${to} = $"($env.${from})" }`,
  status: (variable) => `$env.${variable} = $"($env.LAST_EXIT_CODE)"`,
  readLine: (file, variable) => `$env.${variable} = (open --raw ${file} | lines | first)`,
  function: (name, command) => `def --wrapped ${quote(name)} [...words] { ^${quote(command)} ${quote(name)} }`,
  alias: (name, command) => `alias ${quote(name)} = ^${quote(command)} ${quote(name)}`,
  commands: [
    ...[
      'append',
      'default',
      'do',
      'each',
      'echo',
      'error make',
      'exit',
      'filter',
      'first',
      'get',
      'hide-env',
      'is-empty',
    ],
    ...['join', 'load-env', 'path basename', 'path dirname', 'path exists', 'path expand', 'path join', 'prepend'],
    ...['print', 'reduce', 'reject', 'select', 'split row', 'str join', 'str replace', 'with-env', 'python'],
    ...['_vivarium_entries', '_vivarium_has_sigil', '_vivarium_leave', '_vivarium_snapshot', '_vivarium_without'],
    // Before the sigil there was no way to say that the built-in one is meant.
    ...(isBeforeSigil ? [] : ['columns']),
  ],
  ownVariables: ['LAST_EXIT_CODE'],
  refuses: ({ directory }) => /^\.{3,}$/.test(directory),
  promptVariable: 'PROMPT_COMMAND',
  prompt: {
    arguments: ['--no-config-file', '--interactive'],
    set: '$env.PROMPT_INDICATOR = "> "; $env.PROMPT_COMMAND_RIGHT = ""; $env.PROMPT_COMMAND = {|| "nu-lab" }',
    shows: 'nu-lab> ',
  },
  settings: ['$env.config.show_banner = false', '$env.config.use_ansi_coloring = false'],
  lacks: {
    foreign:
      'overlays of other tools have the name of ours: entering one on top of the other replaces it without leaving it',
    foreignLocale: 'Nushell takes all text for UTF-8, whatever the locale',
    frozen: 'a command of Nushell can always be redefined',
    reserved: 'Nushell refuses an alias for a keyword',
    noHashing: 'Nushell remembers no places of commands',
    rewritten: 'no tool rewrites a path in a script of Nushell',
    strict: 'a failure always ends a file of Nushell, and a variable that is not set is one',
    wrappedPrompt: 'an editor has no text to put anything around: the prompt is drawn by a function',
    unexported: 'Nushell exports every text that is in its environment',
    ...(isBeforeSigil ? { emptyPath: 'hide-env uncovers the PATH that this Nushell was started with' } : {}),
  },
};
