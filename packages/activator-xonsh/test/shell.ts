import type { Shell } from '@vivarium/testkit';

/** A Python literal by JSON: another way than the one that is being tested. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\ud800-\udbff][\udc00-\udfff]/g, (pair) => {
    return `\\U${(pair.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  });
}

// `readline` or `prompt_toolkit`, which draw prompts in ways of their own.
const kind = process.env.VIVARIUM_TEST_XONSH_TYPE ?? 'readline';

/** xonsh without any configuration: the one that `VIVARIUM_TEST_XONSH` names, or that on `PATH`. */
export const xonsh: Shell = {
  name: 'xonsh',
  command: [process.env.VIVARIUM_TEST_XONSH ?? 'xonsh'],
  version: ['--version'],
  script: 'activate.xsh',
  extension: '.xsh',
  arguments: (file) => ['--no-rc', file],
  quote,
  call: (words) => `$[${words.join(' ')}]`,
  activate: (script) => `source @(${quote(script)})`,
  deactivate: () => 'deactivate',
  include: (file) => `source ${file}`,
  export: (variable, value) => `$${variable} = ${quote(value)}`,
  unset: (variable) => `__xonsh__.env.pop(${quote(variable)}, None)`,
  copy: (from, to) =>
    `__xonsh__.env.pop(${quote(to)}, None)\nif ${quote(from)} in __xonsh__.env.detype(): $${to} = __xonsh__.env.detype()[${quote(from)}]`,
  status: (variable) => `$${variable} = str(__xonsh__.env.get('LAST_RETURN_CODE', 0))`,
  // Its name has changed in 0.25.
  strict: `__xonsh__.env[([name for name in __xonsh__.env if name.endswith('SUBPROC_CMD_RAISE_ERROR')] + ['RAISE_SUBPROC_ERROR'])[0]] = True`,
  // As a Python function, which hides what Python itself has by that name, and as a command.
  function: (name, command) =>
    `def ${name}(*words, **more): return __import__('subprocess').call([${quote(command)}, ${quote(name)}])\naliases[${quote(name)}] = lambda args: __import__('subprocess').call([${quote(command)}, ${quote(name)}])`,
  alias: (name, command) => `aliases[${quote(name)}] = [${quote(command)}, ${quote(name)}]`,
  commands: [
    ...['os', 'sys', 'builtins', 'len', 'list', 'dict', 'str', 'print', 'sorted', 'getattr', 'hasattr', 'isinstance'],
    ...['python', 'env', 'leave', 'put', 'show_name', 'root', 'cd', 'echo', 'which', 'exit'],
  ],
  refuses: ({ directory }) => /\$[\w{]/.test(directory),
  prompt: {
    arguments: ['--no-rc', '-i', '--shell-type', kind, '-DPROMPT={env_name}xonsh-lab> '],
    shows: 'xonsh-lab> ',
    // prompt_toolkit makes control characters visible.
    draws: (name) => `(${kind === 'readline' ? name : name.replaceAll('\t', '^I')}) `,
  },
  settings: ['$XONSH_SHOW_TRACEBACK = True', '$AUTO_CD = True', '$DOTGLOB = True'],
  lacks: {
    foreign: 'the scripts of virtualenv and uv fail in the xonsh that Debian has',
    foreignLocale: 'Python reads and writes its environment in the encoding of the locale',
    frozen: 'a function of Python can always be redefined',
    reserved: 'an alias of xonsh is the name of a command, and no word of Python',
    noHashing: 'xonsh can’t be told not to remember where commands are',
    promptVariable: 'the name is drawn by a field of the prompt, which itself stays as it is',
    readLine: 'xonsh starts a thread for what it reads, and Linux counts threads as it counts processes',
    rewritten: 'no tool rewrites a path in a script of xonsh',
    wrappedPrompt: 'the name is drawn by a field of the prompt, which itself stays as it is',
    unexported: 'xonsh exports every text that is in its environment',
  },
};
