import {
  type ActivationScript,
  type Activator,
  defineActivator,
  type Environment,
  fillScript,
  type Support,
} from '@vivarium/core';
import activate from './activate.ps1';
import { quote } from './quote.ts';

/** Writes `activate.ps1`, for PowerShell 7 on every platform and for Windows PowerShell 5.1. */
const powershell: Activator = defineActivator({
  kind: 'activator',
  name: 'powershell',
  title: 'PowerShellActivator',
  supports,
  scripts,
  entering: {
    shells: ['pwsh', 'powershell'],
    script: 'activate.ps1',
    // A quoted word alone is a text and no command.
    command: (path) => (/^[\w.:\\/-]+$/.test(path) ? path : `& ${quote(path)}`),
  },
});

export default powershell;

function supports({ destination, interpreter }: Environment): Support {
  if (interpreter.os === 'nt') {
    if (!destination.includes(';')) return true;
    return { because: `a folder with a semicolon in its name can't be an entry of PATH: ${destination}` };
  }
  if (destination.includes(':')) {
    return { because: `a folder with a colon in its name can't be an entry of PATH: ${destination}` };
  }
  if (destination.includes('\\')) {
    return { because: `PowerShell takes a backslash for the end of a folder's name on every platform: ${destination}` };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { destination, interpreter, layout, prompt = '' } = environment;
  const below = (path: string): string => (interpreter.os === 'nt' ? `\\${path.replaceAll('/', '\\')}` : `/${path}`);
  const values = {
    DESTINATION: destination,
    PROMPT: prompt,
    SCRIPTS: below(layout.scripts),
    PYTHON: below(layout.executable),
    PKG_CONFIG: below('lib/pkgconfig'),
    SEPARATOR: interpreter.os === 'nt' ? ';' : ':',
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  };
  // Windows PowerShell reads a file without a byte order mark in the code page of the machine.
  return [{ name: 'activate.ps1', contents: `\uFEFF${fillScript(activate, values, quote)}` }];
}
