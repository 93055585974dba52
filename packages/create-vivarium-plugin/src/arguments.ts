import { parseArgs } from 'node:util';
import { messageOf, type PluginKind, VivariumError } from '@vivarium/core/plugin';
import { complaintAboutName, complaintAboutPackage, KINDS } from './names.ts';

/** What the command line says; what is missing is asked for. */
export interface ParsedArguments {
  readonly kind?: PluginKind;
  readonly name?: string;
  readonly packageName?: string;
  readonly destination?: string;
  readonly author?: string;
  /** Nothing is asked: what is missing has its default. */
  readonly yes: boolean;
  readonly help: boolean;
}

/** The text of `--help`. */
export const USAGE = `Makes a new vivarium plugin: a package that builds, passes the conformance suite and can be published.

  npm create vivarium-plugin [DEST]
  npm create vivarium-plugin -- --kind activator --name elvish --yes
  pnpm create vivarium-plugin --kind activator --name elvish --yes

  DEST              the directory to be created (default: the package's name)
  --kind KIND       ${KINDS.join(', ')}
  --name NAME       what users type: elvish in \`--activators elvish\`
  --package NAME    the package (default: vivarium-KIND-NAME)
  --author NAME     whom the licence names (default: git's user.name)
  -y, --yes         ask nothing
  -h, --help        show this
`;

/**
 * Reads the command line.
 *
 * @throws VivariumError `ARGUMENT_INVALID` (exit code 2)
 */
export function parseArguments(args: readonly string[]): ParsedArguments {
  const { values, positionals } = parse(args);
  const [destination, ...more] = positionals;
  if (more.length > 0) throw usage(`There is one DEST, and this is another: \`${more.join(' ')}\``);
  const { kind, name, package: packageName, author } = values;
  const known = KINDS.find((one) => one === kind);
  if (kind !== undefined && known === undefined) {
    throw usage(`--kind can't be used: expected one of ${KINDS.join(', ')}, got \`${kind}\``);
  }
  complain('--name', name, complaintAboutName);
  complain('--package', packageName, complaintAboutPackage);
  return {
    ...(known === undefined ? {} : { kind: known }),
    ...(name === undefined ? {} : { name }),
    ...(packageName === undefined ? {} : { packageName }),
    ...(destination === undefined ? {} : { destination }),
    ...(author === undefined ? {} : { author }),
    yes: values.yes ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        name: { type: 'string' },
        package: { type: 'string' },
        author: { type: 'string' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [sentence = ''] = messageOf(error).split('. ');
    throw usage(sentence);
  }
}

function complain(flag: string, value: string | undefined, about: (value: string) => string | undefined): void {
  const complaint = value === undefined ? undefined : about(value);
  if (complaint !== undefined) throw usage(`${flag} can't be used: \`${value}\` ${complaint}`);
}

function usage(message: string): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', message, {
    hint: '`npm create vivarium-plugin -- --help` lists the flags.',
  });
}
