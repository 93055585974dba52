import type { ConfigTable } from '@vivarium/core/host';
import { readVirtualenvIni } from '../config/config-files.ts';
import { print } from '../terminal/console.ts';
import { writeMessage } from '../terminal/write.ts';
import { packageVersion } from '../version.ts';
import { defaultsTable } from './defaults.ts';
import { readArguments } from './read-arguments.ts';

/** The release of virtualenv whose command line is spoken. */
const SPOKEN = '21.15.11';

/** `virtualenv [options] dest`. @param location the file that `--version` names */
export async function virtualenv(given: readonly string[], location: string): Promise<void> {
  const { args, names } = readArguments(given);
  if (names.has('version')) return print(`virtualenv ${spokenVersion()} from ${location}`);
  if (names.has('help')) return print(await (await import('./help.ts')).help(args));
  if (names.has('wheel') || names.has('no-wheel')) tellDeprecation(names);
  const { create } = await import('../commands/create.ts');
  return create(
    lastRedirectAlone(args).filter((arg) => !arg.startsWith('--wheel=')),
    {
      tool: {
        name: 'vivarium',
        version: packageVersion(),
        inPlaceOf: { name: 'virtualenv', version: spokenVersion() },
      },
      readTables: async (request) => [readVirtualenvIni(request), defaultsTable(request.env)].filter(isThere),
      variables: ({ VIRTUALENV_WHEEL: _, ...others }) => withNoRedirect(others),
      ignoresInvalidValues: true,
      redirect: { isDefault: true },
      checkDestination: async (destination, request) =>
        (await import('./check-destination.ts')).checkDestination(destination, request),
      // virtualenv looks for the interpreter first, and fails with that.
      beforeMissing: async (request) => (await import('../create/run.ts')).assertInterpreter(request),
    },
  );
}

// A version as PEP 440 has it for what others built: it compares as the release that it follows, and tells who made it.
function spokenVersion(): string {
  return `${SPOKEN}+vivarium.${packageVersion()}`;
}

// Of the two flags virtualenv obeys the last.
function lastRedirectAlone(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  const last = args.slice(0, end === -1 ? undefined : end).findLastIndex((arg) => REDIRECT.test(arg));
  return args.filter((arg, index) => index >= last || !REDIRECT.test(arg));
}

const REDIRECT = /^--(?:no-)?venv-redirect$/;

// Switching it off by this variable is more than leaving it unset.
function withNoRedirect(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const isOff = /^(?:0|no|false|off)$/i.test(env.VIRTUALENV_VENV_REDIRECT ?? '');
  return isOff ? { ...env, VIRTUALENV_NO_VENV_REDIRECT: '1' } : env;
}

function tellDeprecation(names: ReadonlySet<string>): void {
  if (names.has('quiet')) return;
  writeMessage(
    'DEPRECATION: the --wheel and --no-wheel options do nothing for Python 3.9 and later, which get no wheel. Leave them out.\n',
  );
}

function isThere(table: ConfigTable | undefined): table is ConfigTable {
  return table !== undefined;
}
