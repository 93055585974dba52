import {
  type ActivationScript,
  type Activator,
  defineActivator,
  type Environment,
  fillScript,
  pathsOf,
  type Support,
} from '@vivarium/core';
import activate from './activate_this.py';
import { quote } from './quote.ts';

/** Writes `activate_this.py`, by which a Python that is already running, 2.7 or newer, enters the environment. */
const python: Activator = defineActivator({
  kind: 'activator',
  name: 'python',
  title: 'PythonActivator',
  supports,
  scripts,
});

export default python;

function supports({ destination, interpreter }: Environment): Support {
  const { delimiter } = pathsOf(interpreter);
  const { root } = pathsOf(interpreter).parse(destination);
  return destination.slice(root.length).includes(delimiter)
    ? { because: `a folder with ${delimiter} in its name can’t be an entry of PATH: ${destination}` }
    : true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { destination, interpreter, layout, prompt = '' } = environment;
  const values = {
    DESTINATION: destination,
    PROMPT: prompt,
    SCRIPTS: layout.scripts,
    ROOT: layout.scripts.replace(/[^/]+/g, '..'),
    PURELIB: layout.purelib,
    PLATLIB: layout.platlib,
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  };
  return [{ name: 'activate_this.py', contents: fillScript(activate, values, quote) }];
}
