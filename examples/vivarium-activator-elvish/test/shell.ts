import type { Shell } from '@vivarium/testkit';

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Elvish, as it is found on `PATH`. */
export const shell: Shell = {
  name: 'elvish',
  command: ['elvish'],
  version: ['-version'],
  script: 'activate.elv',
  extension: '.elv',
  arguments: (file) => ['-norc', file],
  // A script names what it takes out of an evaluation; at a prompt the command is simply there.
  prologue: 'var deactivate~ = $nop~',
  quote,
  activate: (script) => `eval (slurp < ${quote(script)}) &on-end={|names| set deactivate~ = $names[deactivate~] }`,
  deactivate: () => 'deactivate',
  include: (file) => `eval (slurp < ${file})`,
  export: (variable, value) => `set-env ${variable} ${quote(value)}`,
  unset: (variable) => `unset-env ${variable}`,
  copy: (from, to) => `if (has-env ${from}) { set-env ${to} (get-env ${from}) } else { unset-env ${to} }`,
  readLine: (file, variable) => `set-env ${variable} (read-line < ${file})`,
  strict: 'nop # Elvish has no other mode',
  function: (name, command) => `fn ${name} { ${quote(command)} ${quote(name)} }`,
  commands: [
    ...['eq', 'fail', 'from-json', 'get-env', 'has-env', 'has-value', 'keys', 'nop', 'not', 'not-eq', 'ns', 'print'],
    ...['put', 'rand', 'repr', 'return', 'set-env', 'src', 'to-json', 'unset-env', 'cat', 'env', 'python', 'uname'],
  ],
  prompt: {
    arguments: ['-norc'],
    set: "set edit:prompt = { put 'elvish-lab> ' }; set edit:rprompt = { }",
    shows: 'elvish-lab> ',
    // Elvish shows the prompt before until it has drawn the new one.
    settles: 5000,
  },
  refuses: ({ directory }) => directory.includes(':'),
  cannotBear: ({ directory, prompt = directory }, purpose) =>
    purpose === 'draw' && /[^\P{Cc}\n]/u.test(prompt)
      ? 'Elvish draws control characters as ^I and the like'
      : undefined,
  lacks: {
    alias: 'Elvish has no aliases',
    foreign: 'no other tool writes a script for Elvish',
    foreignLocale: 'Elvish takes all text for UTF-8, whatever the locale',
    frozen: 'a function of Elvish can always be redefined',
    moved: 'code that is evaluated isn’t told where it came from',
    noHashing: 'Elvish does not remember where commands are',
    promptVariable: 'Elvish draws its prompt by a function',
    pydoc: 'a script can’t be given a command that it didn’t ask for',
    rewritten: 'no tool rewrites a path in a script of Elvish',
    settings: 'Elvish has no setting that changes how a script is read',
    status: 'Elvish has exceptions in the place of statuses',
    unexported: 'a variable of Elvish and one of the environment are two things',
    wrappedPrompt: 'Elvish draws its prompt by a function',
  },
};
