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
import activate from './activate.fish';
import { quote } from './quote.ts';

/** Writes `activate.fish`, for fish 3.1 and later, also that of MSYS2 and Cygwin for interpreters on Windows. */
const fish: Activator = defineActivator({
  kind: 'activator',
  name: 'fish',
  title: 'FishActivator',
  supports,
  scripts,
  activationCommand: {
    shells: ['fish'],
    script: 'activate.fish',
    line: (path) => `source ${asTyped(path, quote)}`,
    quote,
    variableLine: (name, value) => (value === undefined ? `set -e ${name}` : `set -gx ${name} ${quote(value)}`),
  },
});

export default fish;

function supports(environment: Environment): Support {
  const reason = pathEntryProblem(environment);
  return reason === undefined ? true : { reason };
}

function scripts(environment: Environment): readonly ActivationScript[] {
  return [{ name: 'activate.fish', contents: fillScript(activate, scriptValues(environment), quote) }];
}
