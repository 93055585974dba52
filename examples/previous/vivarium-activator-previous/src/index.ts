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

/** Writes `activate.previous`. */
const previousActivator: Activator = defineActivator({
  kind: 'activator',
  name: 'previous',
  title: 'PreviousActivator',

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
    return [{ name: 'activate.previous', contents: fillScript(activate, values, quote) }];
  },

  activationCommand: {
    shells: ['previous'],
    script: 'activate.previous',
    line: (path) => `. ${asTyped(path, quote)}`,
  },
});

export default previousActivator;
