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
import activate from './activate.xsh';
import { quote } from './quote.ts';

/** Writes `activate.xsh`, for xonsh 0.13 and later. */
const xonsh: Activator = defineActivator({
  kind: 'activator',
  name: 'xonsh',
  title: 'XonshActivator',
  supports,
  scripts,
  activationCommand: {
    shells: ['xonsh'],
    script: 'activate.xsh',
    line: (path) => `source ${asTyped(path, quote)}`,
    quote,
    variableLine: (name, value) =>
      value === undefined ? `\${...}.pop(${quote(name)}, None)` : `$${name} = ${quote(value)}`,
  },
});

export default xonsh;

function supports(environment: Environment): Support {
  const reason = pathEntryProblem(environment);
  if (reason !== undefined) return { reason };
  if (/\$[\w{]/.test(environment.destination)) {
    return {
      reason: `xonsh takes a $ with a name after it for a variable, in each entry of PATH: ${environment.destination}`,
    };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  return [{ name: 'activate.xsh', contents: fillScript(activate, scriptValues(environment), quote) }];
}
