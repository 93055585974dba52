import {
  type ActivationScript,
  type Activator,
  defineActivator,
  type Environment,
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
    ? { because: `a folder with ${delimiter} in its name can't be an entry of PATH: ${destination}` }
    : true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { destination, interpreter, layout, prompt = '' } = environment;
  const libraries = [...new Set([layout.purelib, layout.platlib])];
  const contents = fill(activate, {
    DESTINATION: quote(destination),
    PROMPT: quote(prompt),
    SCRIPTS: quote(layout.scripts),
    ROOT: quote(layout.scripts.replace(/[^/]+/g, '..')),
    LIBRARIES: `[${libraries.map(quote).join(', ')}]`,
    TCL: quote(interpreter.tcl?.tclLibrary ?? ''),
    TK: quote(interpreter.tcl?.tkLibrary ?? ''),
  });
  return [{ name: 'activate_this.py', contents }];
}

// In one pass: a value that holds the name of a placeholder stays as it is.
function fill(template: string, literals: Readonly<Record<string, string>>): string {
  return template.replace(/__VIVARIUM_([A-Z]+)__/g, (_placeholder, name: string) => literals[name] ?? quote(''));
}
