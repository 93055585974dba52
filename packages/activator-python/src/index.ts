import {
  type ActivationScript,
  type Activator,
  defineActivator,
  type Environment,
  fillScript,
  pathEntryProblem,
  type Support,
  scriptValues,
} from '@vivarium/core/plugin';
import activate from './activate_this.py';
import { quote } from './quote.ts';

/** Writes `activate_this.py`, by which a Python that is already running, 2.7 or newer, activates the environment. */
const python: Activator = defineActivator({
  kind: 'activator',
  name: 'python',
  title: 'PythonActivator',
  supports,
  scripts,
});

export default python;

function supports(environment: Environment): Support {
  const reason = pathEntryProblem(environment);
  return reason === undefined ? true : { reason };
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { purelib, platlib } = environment.layout;
  const values = { ...scriptValues(environment), PURELIB: purelib, PLATLIB: platlib };
  return [{ name: 'activate_this.py', contents: fillScript(activate, values, quote) }];
}
