import {
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  type Environment,
  fillScript,
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
  entering: {
    shells: ['xonsh'],
    script: 'activate.xsh',
    command: (path) => `source ${asTyped(path, quote)}`,
  },
});

export default xonsh;

function supports({ destination, interpreter }: Environment): Support {
  const { delimiter, parse } = pathsOf(interpreter);
  if (destination.slice(parse(destination).root.length).includes(delimiter)) {
    return { because: `a folder with ${delimiter} in its name can’t be an entry of PATH: ${destination}` };
  }
  if (/\$[\w{]/.test(destination)) {
    return { because: `xonsh takes a $ with a name after it for a variable, in each entry of PATH: ${destination}` };
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
  return [{ name: 'activate.xsh', contents: fillScript(activate, values, quote) }];
}
