import {
  type Activator,
  asTyped,
  defineActivator,
  fillScript,
  inEnvironment,
  pathEntryProblem,
  scriptValues,
} from '@vivarium/core/plugin';
import activate from './activate.sh';
import { quote } from './quote.ts';

/** Writes `activate.__NAME__`. */
const __IDENTIFIER__: Activator = defineActivator({
  kind: 'activator',
  name: '__NAME__',
  title: '__TITLE__',

  supports(environment) {
    if (environment.interpreter.os !== 'posix') return { reason: 'it is for Pythons on POSIX systems' };
    const reason = pathEntryProblem(environment);
    return reason === undefined ? true : { reason };
  },

  scripts(environment) {
    const values = {
      ...scriptValues(environment),
      SCRIPTS: inEnvironment(environment, environment.layout.scripts),
    };
    return [{ name: 'activate.__NAME__', contents: fillScript(activate, values, quote) }];
  },

  activationCommand: {
    shells: ['__NAME__'],
    script: 'activate.__NAME__',
    line: (path) => `. ${asTyped(path, quote)}`,
  },
});

export default __IDENTIFIER__;
