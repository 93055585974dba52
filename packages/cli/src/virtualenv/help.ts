import { command } from '../commands/create.ts';
import { helpText, optionsOf } from '../commands/help.ts';
import { readVirtualenvIni, virtualenvIniPath } from '../config/config-files.ts';
import { currentDirectory } from '../start/cwd.ts';

/**
 * The help, which ends with where the ini file is and whether it counts, as virtualenv's does. It has every option, since
 * scripts look in it for what they need.
 */
export async function help(args: readonly string[]): Promise<string> {
  const where = { env: process.env, cwd: currentDirectory() };
  const changed = process.env.VIRTUALENV_CONFIG_FILE ? 'changed' : 'change';
  return helpText(await optionsOf(command, args), {
    usage: 'virtualenv [options] dest',
    description: ['Creates a Python virtual environment in the directory dest.'],
    closing: [
      'Each option can also be given as a variable (VIRTUALENV_SYSTEM_SITE_PACKAGES=1) and',
      'in [virtualenv] of the configuration file (system_site_packages = true). A flag',
      'beats a variable beats the file.',
    ],
    footer: [
      `config file ${virtualenvIniPath(where) ?? 'virtualenv.ini'} ${stateOfIni(where)} (${changed} via env var VIRTUALENV_CONFIG_FILE)`,
    ],
  });
}

function stateOfIni(where: Parameters<typeof readVirtualenvIni>[0]): string {
  try {
    return readVirtualenvIni(where) === undefined ? 'missing' : 'active';
  } catch {
    return 'failed to parse';
  }
}
