import { type Activator, asTyped, defineActivator, fillScript, inEnvironment, promptOf } from '@vivarium/core';
import activate from './activate.elv';
import { quote } from './quote.ts';

/** Writes `activate.elv`, for Elvish 0.18 and later. */
const elvishActivator: Activator = defineActivator({
  kind: 'activator',
  name: 'elvish',
  title: 'ElvishActivator',

  supports({ destination, interpreter }) {
    if (interpreter.os !== 'posix') return { because: 'it is for Pythons on POSIX systems' };
    if (destination.includes(':')) return { because: 'a folder with a colon in its name can’t be an entry of PATH' };
    return true;
  },

  scripts(environment) {
    const { destination, interpreter, layout } = environment;
    const values = {
      DESTINATION: destination,
      SCRIPT: inEnvironment(environment, `${layout.scripts}/activate.elv`),
      SCRIPTS: inEnvironment(environment, layout.scripts),
      PKGCONFIG: inEnvironment(environment, 'lib/pkgconfig'),
      PROMPT: promptOf(environment),
      TCL: interpreter.tcl?.tclLibrary ?? '',
      TK: interpreter.tcl?.tkLibrary ?? '',
    };
    return [{ name: 'activate.elv', contents: fillScript(activate, values, quote) }];
  },

  entering: {
    shells: ['elvish'],
    script: 'activate.elv',
    command: (path) => `eval (slurp < ${asTyped(path, quote)})`,
  },
});

export default elvishActivator;
