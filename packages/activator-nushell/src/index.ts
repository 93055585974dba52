import {
  type ActivationScript,
  type Activator,
  asTyped,
  defineActivator,
  type Environment,
  fillScript,
  inEnvironment,
  pathsOf,
  type Support,
} from '@vivarium/core';
import activate from './activate.nu';
import { quote } from './quote.ts';

/** Writes `activate.nu`, an overlay for Nushell 0.107 and later. */
const nushell: Activator = defineActivator({
  kind: 'activator',
  name: 'nushell',
  title: 'NushellActivator',
  supports,
  scripts,
  entering: {
    shells: ['nu'],
    script: 'activate.nu',
    command: (path) => `overlay use ${asTyped(path, quote)}`,
  },
});

export default nushell;

function supports({ destination, interpreter }: Environment): Support {
  const { delimiter, parse, sep } = pathsOf(interpreter);
  const parts = destination.slice(parse(destination).root.length).split(sep);
  if (parts.some((part) => part.includes(delimiter))) {
    return { because: `a folder with ${delimiter} in its name can’t be an entry of PATH: ${destination}` };
  }
  if (parts.some((part) => /^\.{3,}$/.test(part))) {
    return { because: `Nushell takes three and more dots for the folders above: ${destination}` };
  }
  return true;
}

function scripts(environment: Environment): readonly ActivationScript[] {
  const { destination, interpreter, layout, prompt = '' } = environment;
  const paths = pathsOf(interpreter);
  const folder = inEnvironment(environment, layout.scripts);
  const values = {
    DESTINATION: destination,
    NAME: paths.basename(destination),
    PROMPT: prompt,
    SCRIPTS: folder,
    ROOT: layout.scripts.replace(/[^/]+/g, '..'),
    PKGCONFIG: `${paths.sep}lib${paths.sep}pkgconfig`,
    SEPARATOR: paths.delimiter,
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
    COMMAND: `overlay use ${quote(paths.join(folder, 'activate.nu'))}`,
  };
  return [{ name: 'activate.nu', contents: fillScript(activate, values, quote) }];
}
