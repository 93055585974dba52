import { type ActivationScript, type Activator, defineActivator, type Environment, type Support } from '@vivarium/core';
import activate from './activate.fish';
import { quote } from './quote.ts';

/** Writes `activate.fish`, for fish 3.1 and later, also that of MSYS2 and Cygwin for interpreters on Windows. */
const fish: Activator = defineActivator({
  kind: 'activator',
  name: 'fish',
  title: 'FishActivator',
  supports,
  scripts,
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
  const contents = fill(activate, {
    DESTINATION: destination,
    PROMPT: prompt,
    SCRIPTS: layout.scripts,
    ROOT: layout.scripts.replace(/[^/]+/g, '..'),
    PYTHON: layout.executable,
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  });
  return [{ name: 'activate.fish', contents }];
}

// In one pass: a value that holds the name of a placeholder stays as it is.
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/__VIVARIUM_([A-Z]+)__/g, (_placeholder, name: string) => quote(values[name] ?? ''));
}
