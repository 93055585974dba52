import type { Shell } from '@vivarium/testkit';

// Its own way of quoting, so that a mistake in ours isn't in both: what isn't ASCII and line breaks stand between
// quotes, because csh takes some letters for others where they don't, and never ends.
function quote(text: string): string {
  const word = text.replace(/\p{ASCII}/gu, (character) => (/[\w\n]/.test(character) ? character : `\\${character}`));
  return word === '' ? "''" : word.replace(/\P{ASCII}+/gu, "'$&'").replaceAll('\n', "'\\\n'");
}

// `prompt` is a variable of the shell, all others are variables of what it starts.
const set = (variable: string, value: string): string =>
  variable === 'prompt' ? `set prompt = ${quote(value)}` : `setenv ${variable} ${quote(value)}`;

const shell = {
  script: 'activate.csh',
  extension: '.csh',
  arguments: (file: string) => ['-f', file],
  ownVariables: ['HOST', 'HOSTTYPE', 'VENDOR', 'OSTYPE', 'MACHTYPE', 'LOGNAME', 'USER', 'GROUP', 'TERM'],
  lacks: {
    foreignLast: 'nothing of ours runs any more once another tool has put its alias in the place of ours',
    foreignHome: 'the venv module’s script for csh leaves PYTHONHOME alone',
    function: 'it has no functions',
    moved: 'a script can’t tell where it is in this shell',
    readLine: 'it promises to start no process in bash, zsh and fish alone',
    reserved: 'it puts an alias in the place of if and else too, and a script finds its way around all others by these',
    strict: 'it can only be told so when it is started',
    wrappedPrompt: 'it cannot take a text apart, and no editor puts anything around its prompt',
    unexported: 'a variable of the shell is another one than the variable of that name in the environment',
  },
  quote,
  activate: (script: string) => `source ${quote(script)}`,
  deactivate: () => 'deactivate',
  export: set,
  unset: (variable: string) => (variable === 'prompt' ? 'unset prompt' : `unsetenv ${variable}`),
  copy: (from: string, to: string) => `unsetenv ${to}; if ($?${from}) eval 'setenv ${to} $${from}:q'`,
  status: (variable: string) => `setenv ${variable} $status`,
  noHashing: 'unhash',
  settings: ['set noglob', 'set nonomatch', 'set noclobber', "set histchars = '@^'"],
  // What dh-virtualenv does.
  rewrite: (place: string) => [/^setenv VIRTUAL_ENV.*$/, `setenv VIRTUAL_ENV "${place}"`],
  alias: (name: string, command: string) => `alias ${quote(name)} ${quote(`${command} ${name}`)}`,
  // Not `if` and `else`, by which the script finds its way around all others. `alias` and `unalias` can't be aliases.
  commands: [
    ...['@', 'basename', 'cat', 'cd', 'dirname', 'echo', 'env', 'eval', 'exec', 'exit', 'expr', 'false', 'foreach'],
    ...['glob', 'goto', 'grep', 'hash', 'ls', 'nice', 'printenv', 'printf', 'pwd', 'python', 'readlink', 'realpath'],
    ...['rehash', 'repeat', 'sed', 'set', 'sh', 'shift', 'switch', 'test', 'true', 'uname', 'unhash'],
    ...['unset', 'unsetenv', 'where', 'which', 'while'],
  ],
  promptVariable: 'prompt',
} satisfies Partial<Shell>;

/** The shells that the one script serves. */
export const shells: readonly Shell[] = [
  {
    ...shell,
    name: 'tcsh',
    lacks: {
      ...shell.lacks,
      foreignDrawing: 'tcsh draws bytes that are no text of the locale in a way of its own',
    },
    command: ['tcsh'],
    version: ['--version'],
    prompt: {
      arguments: ['-f', '-i'],
      // Else tcsh breaks a line by writing blanks up to the edge of the screen, where no one can see that it was
      // broken.
      set: "settc am no; set prompt = 'tcsh-lab> '",
      shows: 'tcsh-lab> ',
    },
  },
  {
    ...shell,
    name: 'csh',
    command: ['bsd-csh'],
    prompt: { arguments: ['-f', '-i'], set: "set prompt = 'csh-lab> '", shows: 'csh-lab> ' },
  },
];
