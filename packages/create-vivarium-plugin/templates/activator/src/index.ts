import { type Activator, asTyped, defineActivator, fillScript, inEnvironment, promptOf } from '@vivarium/core';
import activate from './activate.sh';
import { quote } from './quote.ts';

/** Writes `activate.__NAME__`. */
const __IDENTIFIER__: Activator = defineActivator({
  kind: 'activator',
  name: '__NAME__',
  title: '__TITLE__',

  supports({ destination, interpreter }) {
    if (interpreter.os !== 'posix') return { because: 'it is for Pythons on POSIX systems' };
    if (destination.includes(':')) return { because: 'a folder with a colon in its name can’t be an entry of PATH' };
    return true;
  },

  scripts(environment) {
    const values = {
      DESTINATION: environment.destination,
      SCRIPTS: inEnvironment(environment, environment.layout.scripts),
      PROMPT: promptOf(environment),
    };
    return [{ name: 'activate.__NAME__', contents: fillScript(activate, values, quote) }];
  },

  entering: {
    shells: ['__NAME__'],
    script: 'activate.__NAME__',
    command: (path) => `. ${asTyped(path, quote)}`,
  },
});

export default __IDENTIFIER__;
