import {
  type Activator,
  asTyped,
  defineActivator,
  fillScript,
  inEnvironment,
  pathEntryProblem,
  scriptValues,
} from '@vivarium/core/plugin';
import activate from './activate.elv';
import { quote } from './quote.ts';

/** Writes `activate.elv`, for Elvish 0.18 and later. */
const elvishActivator: Activator = defineActivator({
  kind: 'activator',
  name: 'elvish',
  title: 'ElvishActivator',

  supports(environment) {
    if (environment.interpreter.os !== 'posix') return { reason: 'it is for Pythons on POSIX systems' };
    const reason = pathEntryProblem(environment);
    return reason === undefined ? true : { reason };
  },

  scripts(environment) {
    const { scripts } = environment.layout;
    const values = {
      ...scriptValues(environment),
      SCRIPT: inEnvironment(environment, `${scripts}/activate.elv`),
      SCRIPTS: inEnvironment(environment, scripts),
      PKGCONFIG: inEnvironment(environment, 'lib/pkgconfig'),
    };
    return [{ name: 'activate.elv', contents: fillScript(activate, values, quote) }];
  },

  activationCommand: {
    shells: ['elvish'],
    script: 'activate.elv',
    line: (path) => `eval (slurp < ${asTyped(path, quote)})`,
  },
});

export default elvishActivator;
