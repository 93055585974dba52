import type { Shell } from '@vivarium/testkit';

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const later = 'that is still to be written';

/** The shell, as the suite needs it. Each entry that goes from `lacks` is something more that the script holds. */
export const shell: Shell = {
  name: 'previous',
  command: ['sh'],
  script: 'activate.previous',
  extension: '.sh',
  quote,
  activate: (script) => `. ${quote(script)}`,
  deactivate: () => 'deactivate',
  export: (variable, value) => `${variable}=${quote(value)}; export ${variable}`,
  assign: (variable, value) => `${variable}=${quote(value)}`,
  unset: (variable) => `unset ${variable}`,
  copy: (from, to) => `unset ${to}; if [ "\${${from}+set}" = set ]; then ${to}=$${from}; export ${to}; fi`,
  status: (variable) => `${variable}=$?; export ${variable}`,
  strict: 'set -eu',
  refuses: ({ directory }) => directory.includes(':'),
  lacks: {
    alias: later,
    emptyPath: later,
    executed: later,
    foreign: 'the venv module writes no script for it',
    foreignHome: 'the venv module writes no script for it',
    function: later,
    moved: later,
    noHashing: later,
    pkgConfigPath: later,
    prompt: later,
    promptVariable: later,
    pydoc: later,
    pythonHome: later,
    readLine: later,
    rewritten: 'no tool rewrites a path in its script',
    settings: later,
    tcl: later,
    wrappedPrompt: later,
  },
};
