import {
  type ActivationScript,
  type Activator,
  defineActivator,
  type Environment,
  fillScript,
  pathEntryProblem,
  pathsOf,
  type Support,
  scriptValues,
} from '@vivarium/core/plugin';
import activate from './activate.ps1';
import { quote } from './quote.ts';

/** Writes `activate.ps1`, for PowerShell 7 on every platform and for Windows PowerShell 5.1. */
const powershell: Activator = defineActivator({
  kind: 'activator',
  name: 'powershell',
  title: 'PowerShellActivator',
  supports,
  scripts,
  activationCommand: {
    shells: ['pwsh', 'powershell'],
    script: 'activate.ps1',
    // A quoted word alone is a text and no command.
    line: (path) => (/^[\w.:\\/-]+$/.test(path) ? path : `& ${quote(path)}`),
    quote,
    variableLine: (name, value) =>
      value === undefined ? `Remove-Item -Path Env:${name} -ErrorAction Ignore` : `$env:${name} = ${quote(value)}`,
  },
});

export default powershell;

function supports(environment: Environment): Support {
  const reason = pathEntryProblem(environment);
  if (reason !== undefined) return { reason };
  const { destination, interpreter } = environment;
  if (interpreter.os === 'posix' && destination.includes('\\')) {
    return {
      reason: `PowerShell takes a backslash for the end of a directory's name on every platform: ${destination}`,
    };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { delimiter, sep } = pathsOf(environment.interpreter);
  const below = (path: string): string => `${sep}${path.replaceAll('/', sep)}`;
  const values = scriptValues(environment);
  const paths = {
    SCRIPTS: below(values.SCRIPTS),
    PYTHON: below(values.PYTHON),
    PKG_CONFIG: below('lib/pkgconfig'),
    SEPARATOR: delimiter,
  };
  // Windows PowerShell reads a file without a byte order mark in the code page of the machine.
  return [{ name: 'activate.ps1', contents: `\uFEFF${fillScript(activate, { ...values, ...paths }, quote)}` }];
}
