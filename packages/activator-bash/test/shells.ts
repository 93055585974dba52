import type { Shell } from '@vivarium/testkit';

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

// Words that begin, divide and end commands. ksh93 and mksh take no others for the name of an alias.
const reserved = ['case', 'esac', 'if', 'then', 'elif', 'else', 'fi', 'for', 'while', 'in', 'do', 'done', 'function'];

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
  alias: (name: string, command: string) => `alias ${quote(name)}=${quote(`${command} ${quote(name)}`)}`,
  reserved,
  promptVariable: 'PS1',
  // What dh-virtualenv does.
  rewrite: (place: string) => [/^VIRTUAL_ENV=.*$/, `VIRTUAL_ENV="${place}"`],
  settings: ['set -f', 'set -C', 'set -a', 'IFS=aeiou/:_', 'IFS='],
  wrapPrompt: (before: string, after: string) => `PS1=${quote(before)}$PS1${quote(after)}`,
} satisfies Partial<Shell>;

const lacks = {
  frozen: 'it has no functions that can not be taken away',
  readLine: 'only bash and zsh promise to start no process',
  moved: 'a script can’t tell where it is in this shell',
} as const;

// Regular built-ins and programs, for which a function can stand in every shell. The line that makes an alias uses
// `alias` itself, which is why that comes last.
const regular = [
  ...['[', 'basename', 'cat', 'cd', 'cygpath', 'dirname', 'echo', 'env', 'false', 'grep', 'hash', 'ls', 'printf'],
  ...['pwd', 'python', 'read', 'readlink', 'realpath', 'sed', 'test', 'tr', 'true', 'type', 'umask', 'uname', 'which'],
  ...['command', 'unalias', 'alias'],
];
// In bash and zsh functions come before the special built-ins too.
const special = [
  ':',
  'builtin',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'readonly',
  'return',
  'set',
  'shift',
  'times',
  'trap',
];

// Only bash and zsh take any name for a function.
const identifiers = regular.filter((name) => /^\w+$/.test(name));

const atTerminal = (shell: string, ...words: readonly string[]): NonNullable<Shell['prompt']> => ({
  arguments: words,
  set: `PS1='${shell}-lab> '`,
  shows: `${shell}-lab> `,
});

/** The shells that the one script serves. */
export const shells = {
  bash: {
    ...posix,
    name: 'bash',
    command: ['bash'],
    version: ['--version'],
    prologue: 'shopt -s expand_aliases',
    noHashing: 'set +h',
    settings: [
      ...posix.settings,
      'set -T; trap : DEBUG; trap : RETURN',
      'set -E; trap "echo ERR" ERR',
      'set -o posix',
      'set -o pipefail -o errtrace -o functrace',
      'shopt -s failglob nullglob extglob nocaseglob nocasematch',
      'shopt -s xpg_echo inherit_errexit',
      'shopt -u promptvars sourcepath',
    ],
    lacks: { frozen: 'bash calls such a function in the place of its own command, so that the script refuses' },
    reserved: [...reserved, '!', '[[', '{', '}'],
    readLine: (file, variable) => `read -r ${variable} <${file}; export ${variable}`,
    commands: [...special, 'declare', 'export', 'local', 'shopt', 'typeset', 'unset', ...regular],
    prompt: {
      arguments: ['--norc', '--noprofile', '-i'],
      set: "PS1='bash-lab> '",
      shows: 'bash-lab> ',
      variants: { 'promptvars off': 'shopt -u promptvars', 'POSIX mode': 'set -o posix' },
      switches: ['shopt -u promptvars', 'set -o posix'],
    },
  },
  zsh: {
    ...posix,
    name: 'zsh',
    command: ['zsh'],
    version: ['--version'],
    arguments: (file) => ['-f', file],
    lacks: {
      frozen: lacks.frozen,
      reserved: 'zsh puts an alias in the place of these words before it reads any, and no script can do without them',
    },
    noHashing: 'unsetopt hashcmds',
    settings: [
      ...posix.settings,
      'setopt warn_nested_var warn_create_global',
      'setopt csh_junkie_quotes',
      'setopt ksh_arrays no_unset',
      'emulate sh',
      'emulate ksh',
      'emulate csh',
      'setopt glob_subst glob_assign extended_glob',
      'unsetopt multibyte',
      'setopt sh_word_split glob_subst ksh_arrays',
      'setopt extended_glob null_glob glob_assign',
      'setopt no_nomatch no_bare_glob_qual csh_null_glob',
      'setopt rc_quotes rc_expand_param ignore_braces',
      'setopt csh_junkie_loops csh_nullcmd',
      'setopt posix_builtins posix_argzero no_function_argzero',
      'setopt all_export',
      'setopt err_return no_unset',
      'setopt ksh_typeset typeset_silent no_short_loops no_multios',
      'setopt prompt_subst prompt_bang no_prompt_percent',
      'alias -g L="| less" G="| grep" ...=../.. NUL=">/dev/null"',
    ],
    readLine: (file, variable) => `read -r ${variable} <${file}; export ${variable}`,
    function: (name, command) => `function ${quote(name)} { ${quote(command)} ${quote(name)}; }`,
    commands: [...special, 'shopt', 'setopt', 'emulate', 'unset', ...regular],
    prompt: {
      arguments: ['-f', '-i'],
      set: "PS1='zsh-lab> '",
      shows: 'zsh-lab> ',
      variants: {
        PROMPT_SUBST: 'setopt prompt_subst',
        PROMPT_BANG: 'setopt prompt_bang',
        KSH_ARRAYS: 'setopt ksh_arrays',
      },
      switches: ['unsetopt prompt_percent', 'setopt prompt_subst'],
    },
  },
  ksh93: {
    ...posix,
    name: 'ksh93',
    command: ['ksh93'],
    version: ['--version'],
    lacks: { frozen: lacks.frozen, readLine: lacks.readLine, noHashing: 'its way of hashing can’t be turned off' },
    settings: [...posix.settings, 'set -o pipefail', 'set -o globstar'],
    commands: identifiers,
    prompt: atTerminal('ksh', '-i'),
  },
  mksh: {
    ...posix,
    name: 'mksh',
    command: ['mksh'],
    version: ['-c', 'echo "$KSH_VERSION"'],
    lacks,
    settings: [...posix.settings, 'set -o posix', 'set -o sh', 'set -o braceexpand'],
    noHashing: 'set +h',
    commands: identifiers,
    prompt: atTerminal('mksh', '-i'),
  },
  dash: {
    ...posix,
    name: 'dash',
    command: ['dash'],
    lacks: { ...lacks, noHashing: 'it always hashes' },
    commands: identifiers,
    prompt: atTerminal('dash', '-i'),
  },
  busybox: {
    ...posix,
    name: 'busybox sh',
    command: ['busybox', 'sh'],
    version: ['-c', 'busybox | head -n 1'],
    lacks: { ...lacks, noHashing: 'it always hashes' },
    commands: identifiers,
    prompt: atTerminal('busybox', '-i'),
  },
  yash: {
    ...posix,
    name: 'yash',
    command: ['yash'],
    version: ['--version'],
    lacks: {
      ...lacks,
      foreign: 'of other tools’ scripts yash can read that of the venv module alone',
      foreignLocale: 'yash reads a script in the encoding of the locale, and stops at what is no text in it',
      frozen: 'yash calls such a function in the place of its own command, in subshells too',
    },
    settings: [...posix.settings, 'set -o posix', 'set -o nullglob -o extendedglob'],
    noHashing: 'set +h',
    commands: identifiers,
    prompt: {
      ...atTerminal('yash', '-i', '--norcfile', '--noprofile'),
      variants: { 'POSIX mode': 'set -o posix' },
    },
  },
  posh: {
    ...posix,
    name: 'posh',
    command: ['posh'],
    lacks: {
      ...lacks,
      alias: 'it has no aliases',
      foreignLast:
        'it has no command hash, by which another tool’s script would be noticed, and it loses functions where one that runs defines others',
      noHashing: 'it always hashes',
    },
    commands: identifiers,
    prompt: atTerminal('posh', '-i'),
  },
  // go-task's shell, as the program that its module brings.
  gosh: {
    ...posix,
    name: 'mvdan/sh',
    command: ['gosh'],
    cannotBeInstalled: 'a Go module brings it, and not every machine has Go',
    lacks: {
      ...lacks,
      alias: 'its aliases come before quoted words too',
      foreign: 'no other tool writes a script for it',
      noHashing: 'it does not remember where commands are',
      prompt: 'its prompt can not be changed',
    },
    settings: ['set -f', 'set -a'],
    commands: identifiers,
    cannotBear: ({ directory }) =>
      /[[\]\\]|[?*+@!]\(/.test(directory) ? 'it reads these characters in quotes as a pattern' : undefined,
  },
} satisfies Readonly<Record<string, Shell>>;
