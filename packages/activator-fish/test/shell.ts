import { fileURLToPath } from 'node:url';
import type { Shell } from '@vivarium/testkit';

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** fish, as it is found on `PATH`. */
export const shell: Shell = {
  name: 'fish',
  command: ['fish'],
  version: ['--version'],
  arguments: (file) => ['--no-config', file],
  lacks: {
    alias: 'an alias is a function in fish',
    emptyPath: 'fish itself makes an empty PATH the working directory',
    foreignDrawing: 'fish draws what it takes for other characters of GB18030 once more',
    foreignPath: 'fish takes what it reads for text of the locale, so that no line there can name such a directory',
    frozen: 'a function of fish can always be taken away',
    noHashing: 'fish does not remember where commands are',
    promptVariable: 'fish draws its prompt by a function',
    settings: 'fish has no setting that changes how a script is read',
    strict: 'fish has no such mode',
    wrappedPrompt: 'fish draws its prompt by a function',
  },
  script: 'activate.fish',
  extension: '.fish',
  quote,
  // What dh-virtualenv does.
  rewrite: (place) => [/^set -gx VIRTUAL_ENV.*$/, `set -gx VIRTUAL_ENV "${place}"`],
  activate: (script) => `source ${quote(script)}`,
  deactivate: () => 'deactivate',
  export: (variable, value) => `set -gx ${variable} ${quote(value)}`,
  assign: (variable, value) => `set -gu ${variable} ${quote(value)}`,
  unset: (variable) => `set -eg ${variable}`,
  copy: (from, to) => `set -eg ${to}; if set -qg ${from}; set -gx ${to} $${from}; end`,
  status: (variable) => `set -gx ${variable} $status`,
  readLine: (file, variable) => `read -gx ${variable} <${file}`,
  function: (name, command) => `function ${name}; ${quote(command)} ${quote(name)}; end`,
  // Every other name that the script uses is reserved: fish lets no one define a function of that name.
  commands: [
    ...[':', 'basename', 'cat', 'cd', 'contains', 'count', 'cygpath', 'dirname', 'echo', 'emit', 'env', 'false'],
    ...['functions', 'printf', 'pwd', 'python', 'random', 'realpath', 'seq', 'true', 'type'],
    ...['uname', 'which'],
  ],
  prompt: {
    arguments: ['--no-config', '-i'],
    set: "function fish_prompt; printf 'fish-lab> '; end",
    shows: 'fish-lab> ',
  },
};

/** fish 4, which the set-up unpacks from another suite of Debian. */
export const fish4: Shell = {
  ...shell,
  name: 'fish 4',
  command: [fileURLToPath(new URL('../../../node_modules/.cache/shells/fish-4/usr/bin/fish', import.meta.url))],
  cannotBeInstalled: 'the set-up has not unpacked it, which it can only do where there are apt-get and patchelf',
};
