import type { Shell } from '@vivarium/testkit';

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

// What all of them understand. Each shell below says only in what it differs.
const posix = {
  script: 'activate',
  extension: '.sh',
  quote,
  activate: (script: string) => `. ${quote(script)}`,
  deactivate: () => 'deactivate',
  export: (variable: string, value: string) => `${variable}=${quote(value)}; export ${variable}`,
  assign: (variable: string, value: string) => `${variable}=${quote(value)}`,
  unset: (variable: string) => `unset ${variable}`,
  copy: (from: string, to: string) =>
    `unset ${to}; if [ "\${${from}+set}" = set ]; then ${to}=$${from}; export ${to}; fi`,
  status: (variable: string) => `${variable}=$?; export ${variable}`,
  strict: 'set -eu',
  function: (name: string, command: string) => `${name}() { ${quote(command)} ${quote(name)}; }`,
  alias: (name: string, command: string) => `alias -- ${quote(name)}=${quote(`${command} ${quote(name)}`)}`,
  promptVariable: 'PS1',
} satisfies Partial<Shell>;

const lacks = {
  readLine: 'only bash and zsh promise to start no process',
  moved: 'a script can’t tell where it lies in this shell',
} as const;

// Regular built-ins and programs, for which a function can stand in every shell. The line that makes an alias uses
// `alias` itself, which is why that comes last.
const regular = [
  ...['[', 'basename', 'cat', 'cd', 'cygpath', 'dirname', 'echo', 'env', 'false', 'grep', 'hash', 'ls', 'printf'],
  ...['pwd', 'python', 'read', 'readlink', 'realpath', 'sed', 'test', 'tr', 'true', 'type', 'umask', 'uname', 'which'],
  ...['unalias', 'alias'],
];
// In bash and zsh functions come before the special built-ins too.
const special = [':', 'break', 'continue', 'eval', 'exec', 'exit', 'readonly', 'return', 'set', 'shift', 'times', 'trap'];

const inTerminal = (shell: string, words: readonly string[] = ['-i']): NonNullable<Shell['prompt']> => ({
  arguments: words,
  env: { PS1: `${shell}-lab> ` },
  shows: `${shell}-lab> `,
});

/** The shells that the one script serves. */
export const shells: readonly Shell[] = [
  {
    ...posix,
    name: 'bash',
    command: ['bash'],
    version: ['--version'],
    prologue: 'shopt -s expand_aliases',
    noHashing: 'set +h',
    readLine: (file, variable) => `read -r ${variable} <${file}; export ${variable}`,
    commands: [...special, 'declare', 'export', 'local', 'shopt', 'typeset', 'unset', ...regular],
    prompt: {
      arguments: ['--norc', '--noprofile', '-i'],
      set: "PS1='bash-lab> '",
      shows: 'bash-lab> ',
      variants: { 'promptvars off': 'shopt -u promptvars', 'POSIX mode': 'set -o posix' },
    },
  },
];
