import {
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  type Environment,
  fillScript,
  pathEntryProblem,
  type Support,
  scriptValues,
} from '@vivarium/core/plugin';
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
  activationCommand: {
    shells: ['bash', 'zsh', 'sh', 'dash', 'ksh', 'ksh93', 'mksh', 'yash', 'posh', 'busybox', 'ash'],
    script: 'activate',
    line: (path, shell) => `${/^(bash|zsh)$/.test(shell) ? 'source' : '.'} ${asTyped(path, quote)}`,
    quote,
    variableLine: (name, value) => (value === undefined ? `unset ${name}` : `export ${name}=${quote(value)}`),
  },
});

export default bash;

function supports(environment: Environment): Support {
  const reason = pathEntryProblem(environment);
  return reason === undefined ? true : { reason };
}

function scripts(environment: Environment): readonly ActivationScript[] {
  return [{ name: 'activate', contents: fillScript(activate, scriptValues(environment), quote) }];
}
