import {
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  type Environment,
  fillScript,
  promptOf,
  type Support,
} from '@vivarium/core';
import activate from './activate.csh';
import { cshPrompt, tcshPrompt } from './prompt.ts';
import { quote } from './quote.ts';

/** Writes `activate.csh`, for tcsh and csh. */
const csh: Activator = defineActivator({
  kind: 'activator',
  name: 'csh',
  title: 'CShellActivator',
  supports,
  scripts,
  entering: {
    shells: ['csh', 'tcsh', 'bsd-csh'],
    script: 'activate.csh',
    command: (path) => `source ${asTyped(path, quote)}`,
  },
});

export default csh;

function supports({ destination, interpreter }: Environment): Support {
  if (interpreter.os === 'nt') return { because: 'csh and tcsh have no use for an environment on Windows' };
  if (destination.includes(':')) {
    return { because: `a folder with a colon in its name can’t be an entry of PATH: ${destination}` };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { destination, interpreter, layout } = environment;
  const prompt = promptOf(environment);
  const values = {
    DESTINATION: destination,
    PROMPT: prompt,
    TCSHPREFIX: `(${tcshPrompt(prompt)}) `,
    CSHPREFIX: `(${cshPrompt(prompt)}) `,
    SCRIPTS: layout.scripts,
    ROOT: layout.scripts.replace(/[^/]+/g, '..'),
    PYTHON: layout.executable,
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  };
  return [{ name: 'activate.csh', contents: fillScript(activate, values, quote) }];
}
