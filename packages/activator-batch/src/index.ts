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
  activationCommand: {
    shells: ['cmd'],
    script: 'activate.bat',
    line: (path) => (/^[\w.:\\-]+$/.test(path) ? path : `"${path}"`),
    // For a batch file that is called; a batch file sets what stands to the end of the line.
    variableLine: (name, value = '') => `@set ${name}=${quote(value)}\r`,
  },
});

export default batch;

function supports(environment: Environment): Support {
  const { destination, interpreter } = environment;
  if (interpreter.os !== 'nt')
    return { reason: 'cmd.exe is only on Windows, and this interpreter is for another system' };
  const reason = pathEntryProblem(environment);
  if (reason !== undefined) return { reason };
  if (/["*<>?|]|^.{2,}:|[. ](\\|$)/.test(destination)) {
    return { reason: `Windows has no directory of such a name: ${destination}` };
  }
  const control = Object.values(valuesOf(environment)).find((value) => !isExpressible(value));
  if (control === undefined) return true;
  return { reason: `a batch file can't express a name with line breaks or other control characters: ${control}` };
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const values = valuesOf(environment);
  return [
    { name: 'activate.bat', contents: fill(activate + variables, values) },
    { name: 'deactivate.bat', contents: fill(deactivate + variables, values) },
    { name: 'pydoc.bat', contents: fill(pydoc, values) },
  ];
}

function valuesOf(environment: Environment): Readonly<Record<string, string>> {
  const { SCRIPTS, ROOT, PYTHON, ...others } = scriptValues(environment);
  const python = PYTHON.startsWith(`${SCRIPTS}/`) ? PYTHON.slice(SCRIPTS.length + 1) : `${ROOT}/${PYTHON}`;
  const values = {
    ...others,
    SCRIPTS: `\\${SCRIPTS.replaceAll('/', '\\')}`,
    ROOT: ROOT.replaceAll('/', '\\'),
    PYTHON: python.replaceAll('/', '\\'),
  };
  return { ...values, WIDE: /\P{ASCII}/u.test(Object.values(values).join('')) ? '1' : '' };
}

// Without its carriage returns cmd.exe misses labels.
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return fillScript(template, values, quote).replace(/\r?\n/g, '\r\n');
}
