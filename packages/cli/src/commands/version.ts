import { parseArguments } from '../arguments/parse.ts';
import { print } from '../terminal/console.ts';
import { packageLocation, packageVersion } from '../version.ts';
import { commonOptions } from './common-options.ts';
import { assertNoMore } from './positionals.ts';

/** `vivarium --version`: the version and where it is installed. */
export async function version(args: readonly string[]): Promise<void> {
  const { flags, positionals } = parseArguments(args, { options: commonOptions, isLenient: false });
  assertNoMore(positionals, 0);
  const [own, location] = [packageVersion(), packageLocation()];
  if (flags.json === undefined) return print(`vivarium ${own} from ${location}`);
  const { envelope } = await import('../json/envelope.ts');
  print(envelope('version', { version: own, location }));
}
