import {
  type ActivationScript,
  type Activator,
  defineActivator,
  type Environment,
  fillScript,
  type Support,
} from '@vivarium/core';
import activate from './activate.bat';
import deactivate from './deactivate.bat';
import pydoc from './pydoc.bat';
import { isExpressible, quote } from './quote.ts';
import variables from './variables.bat';

/** Writes `activate.bat`, `deactivate.bat` and `pydoc.bat`, for the command prompt of Windows. */
const batch: Activator = defineActivator({
  kind: 'activator',
  name: 'batch',
  title: 'BatchActivator',
  supports,
  scripts,
  entering: {
    shells: ['cmd'],
    script: 'activate.bat',
    command: (path) => (/^[\w.:\\-]+$/.test(path) ? path : `"${path}"`),
  },
});

export default batch;

function supports(environment: Environment): Support {
  const { destination, interpreter } = environment;
  if (interpreter.os !== 'nt')
    return { because: 'cmd.exe is only on Windows, and this interpreter is for another system' };
  if (destination.includes(';')) {
    return { because: `a folder with a semicolon in its name can't be an entry of PATH: ${destination}` };
  }
  if (/["*<>?|]|^.{2,}:|[. ](\\|$)/.test(destination)) {
    return { because: `Windows has no folder of such a name: ${destination}` };
  }
  const control = Object.values(valuesOf(environment)).find((value) => !isExpressible(value));
  if (control === undefined) return true;
  return { because: `a batch file can't express a name with line breaks or other control characters: ${control}` };
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const values = valuesOf(environment);
  return [
    { name: 'activate.bat', contents: fill(activate + variables, values) },
    { name: 'deactivate.bat', contents: fill(deactivate + variables, values) },
    { name: 'pydoc.bat', contents: fill(pydoc, values) },
  ];
}

function valuesOf({ destination, interpreter, layout, prompt = '' }: Environment): Readonly<Record<string, string>> {
  const root = layout.scripts.replace(/[^/]+/g, '..');
  const python = layout.executable.startsWith(`${layout.scripts}/`)
    ? layout.executable.slice(layout.scripts.length + 1)
    : `${root}/${layout.executable}`;
  const values = {
    DESTINATION: destination,
    PROMPT: prompt,
    SCRIPTS: `\\${layout.scripts.replaceAll('/', '\\')}`,
    ROOT: root.replaceAll('/', '\\'),
    PYTHON: python.replaceAll('/', '\\'),
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  };
  return { ...values, WIDE: /\P{ASCII}/u.test(Object.values(values).join('')) ? '1' : '' };
}

// Without its carriage returns cmd.exe misses labels.
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return fillScript(template, values, quote).replace(/\r?\n/g, '\r\n');
}
