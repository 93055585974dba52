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
import activate from './activate.csh';
import deactivate from './deactivate.csh';
import { cshPrompt, tcshPrompt } from './prompt.ts';
import { quote } from './quote.ts';

/** Writes `activate.csh` and `deactivate.csh`, for tcsh and csh. */
const csh: Activator = defineActivator({
  kind: 'activator',
  name: 'csh',
  title: 'CShellActivator',
  supports,
  scripts,
  activationCommand: {
    shells: ['csh', 'tcsh', 'bsd-csh'],
    script: 'activate.csh',
    line: (path) => `source ${asTyped(path, quote)}`,
    quote,
    // In backquotes the lines become one.
    variableLine: (name, value) => (value === undefined ? `unsetenv ${name} ;` : `setenv ${name} ${quote(value)} ;`),
  },
});

export default csh;

function supports(environment: Environment): Support {
  if (environment.interpreter.os === 'nt') return { reason: 'csh and tcsh have no use for an environment on Windows' };
  const reason = pathEntryProblem(environment);
  return reason === undefined ? true : { reason };
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const values = scriptValues(environment);
  const prompts = { TCSHPREFIX: `(${tcshPrompt(values.NAME)}) `, CSHPREFIX: `(${cshPrompt(values.NAME)}) ` };
  return [
    { name: 'activate.csh', contents: fillScript(activate, { ...values, ...prompts }, quote) },
    { name: 'deactivate.csh', contents: deactivate },
  ];
}
