import {
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  type Environment,
  fillScript,
  type Support,
} from '@vivarium/core';
import activate from './activate.fish';
import { quote } from './quote.ts';

/** Writes `activate.fish`, for fish 3.1 and later, also that of MSYS2 and Cygwin for interpreters on Windows. */
const fish: Activator = defineActivator({
  kind: 'activator',
  name: 'fish',
  title: 'FishActivator',
  supports,
  scripts,
  entering: {
    shells: ['fish'],
    script: 'activate.fish',
    command: (path) => `source ${asTyped(path, quote)}`,
  },
});

export default fish;

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
  return [{ name: 'activate.fish', contents: fillScript(activate, values, quote) }];
}
