import {
  type ActivationScript,
  type Activator,
  defineActivator,
  type Environment,
  pathsOf,
  type Support,
} from '@vivarium/core';
import activate from './activate.xsh';
import { quote } from './quote.ts';

/** Writes `activate.xsh`, for xonsh 0.13 and later. */
const xonsh: Activator = defineActivator({
  kind: 'activator',
  name: 'xonsh',
  title: 'XonshActivator',
  supports,
  scripts,
});

export default xonsh;

function supports({ destination, interpreter }: Environment): Support {
  const { delimiter, parse } = pathsOf(interpreter);
  if (destination.slice(parse(destination).root.length).includes(delimiter)) {
    return { because: `a folder with ${delimiter} in its name can't be an entry of PATH: ${destination}` };
  }
  if (/\$[\w{]/.test(destination)) {
    return { because: `xonsh takes a $ with a name after it for a variable, in each entry of PATH: ${destination}` };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { destination, interpreter, layout, prompt = '' } = environment;
  const contents = fill(activate, {
    DESTINATION: destination,
    PROMPT: prompt,
    SCRIPTS: layout.scripts,
    ROOT: layout.scripts.replace(/[^/]+/g, '..'),
    PYTHON: layout.executable,
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  });
  return [{ name: 'activate.xsh', contents }];
}

// In one pass: a value that holds the name of a placeholder stays as it is.
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/__VIVARIUM_([A-Z]+)__/g, (_placeholder, name: string) => quote(values[name] ?? ''));
}
