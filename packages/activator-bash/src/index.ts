import {
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  type Environment,
  fillScript,
  type Support,
} from '@vivarium/core';
import activate from './activate.sh';
import { quote } from './quote.ts';

/**
 * Writes `activate`, for bash, zsh, ksh93, mksh, dash, busybox sh, yash and posh, and for the bash of Git, MSYS2 and
 * Cygwin where the interpreter is one for Windows.
 */
const bash: Activator = defineActivator({
  kind: 'activator',
  name: 'bash',
  title: 'BashActivator',
  supports,
  scripts,
  entering: {
    shells: ['bash', 'zsh', 'dash', 'ksh', 'ksh93', 'mksh', 'yash', 'posh', 'busybox', 'ash'],
    script: 'activate',
    command: (path, shell) => `${/^(bash|zsh)$/.test(shell) ? 'source' : '.'} ${asTyped(path, quote)}`,
  },
});

export default bash;

function supports({ destination, interpreter }: Environment): Support {
  if (interpreter.os === 'posix' && destination.includes(':')) {
    return { because: `a folder with a colon in its name can’t be an entry of PATH: ${destination}` };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { destination, interpreter, layout, prompt = '' } = environment;
  const values = {
    DESTINATION: destination,
    PROMPT: prompt,
    SCRIPTS: layout.scripts,
    ROOT: layout.scripts.replace(/[^/]+/g, '..'),
    PYTHON: layout.executable,
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  };
  return [{ name: 'activate', contents: fillScript(activate, values, quote) }];
}
