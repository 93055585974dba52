import {
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  type Environment,
  fillScript,
  inEnvironment,
  pathEntryProblem,
  pathsOf,
  type Support,
  scriptValues,
} from '@vivarium/core/plugin';
import activate from './activate.nu';
import { quote } from './quote.ts';

/** Writes `activate.nu`, an overlay for Nushell 0.101 and later. */
const nushell: Activator = defineActivator({
  kind: 'activator',
  name: 'nushell',
  title: 'NushellActivator',
  supports,
  scripts,
  activationCommand: {
    shells: ['nu'],
    script: 'activate.nu',
    line: (path) => `overlay use ${asTyped(path, quote)}`,
    quote,
    variableLine: (name, value) => {
      if (value === undefined) return `hide-env --ignore-errors ${name}`;
      return `$env.${name} = ${name.toUpperCase() === 'PATH' ? `(${quote(value)} | split row (char esep))` : quote(value)}`;
    },
  },
});

export default nushell;

function supports(environment: Environment): Support {
  const reason = pathEntryProblem(environment);
  if (reason !== undefined) return { reason };
  const { destination, interpreter } = environment;
  if (destination.split(pathsOf(interpreter).sep).some((part) => /^\.{3,}$/.test(part))) {
    return { reason: `Nushell takes three and more dots for the directories above: ${destination}` };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { sep, delimiter } = pathsOf(environment.interpreter);
  const values = {
    ...scriptValues(environment),
    SCRIPTS: inEnvironment(environment, environment.layout.scripts),
    BELOW: `${sep}${environment.layout.scripts.replaceAll('/', sep)}`,
    PKGCONFIG: `${sep}lib${sep}pkgconfig`,
    SEPARATOR: delimiter,
    COMMAND: `overlay use ${quote(inEnvironment(environment, `${environment.layout.scripts}/activate.nu`))}`,
  };
  return [{ name: 'activate.nu', contents: fillScript(activate, values, quote) }];
}
