import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import activator from '@vivarium/activator-nushell';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { HOSTILE_NAMES, hostileNames, NAMES_WITH_LINE_BREAKS } from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { program } from './shell.ts';

const FENCES = ["'#", "'##", "#'", "r#'", "'", '#', '##', "r##''##", "'#\n'##", "ends with '", "' starts"];

test('Nushell reads every name as exactly what it is', () => {
  const file = join(temporaryDirectory(), 'names.nu');
  const name = fc.oneof(hostileNames(true), fc.constantFrom(...FENCES), fc.string({ unit: 'binary' }));
  const names = fc.array(
    name.map((text) => text.replaceAll('\0', '')),
    { minLength: 100, maxLength: 100 },
  );
  const read = (texts: readonly string[]): void => {
    const literals = texts.map((text) => literalOf(text));
    writeFileSync(file, `[${literals.join(' ')}] | str join (char nul) | print --raw --no-newline`);
    const { stdout, stderr } = spawnSync(program, ['--no-config-file', file], { encoding: 'utf8' });
    expect({ stderr, texts: stdout.split('\0') }).toEqual({ stderr: '', texts });
  };
  read([...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, ...FENCES]);
  fc.assert(fc.property(names, read), { numRuns: 5 });
});

// The literal as it is in the script.
function literalOf(text: string): string {
  const script = scriptOf(activator, linuxEnvironment('/opt/env', { prompt: text }));
  const [before = '', after = ''] = scriptOf(activator, linuxEnvironment('/opt/env', { prompt: '@' })).split("r#'@'#");
  return script.slice(before.length, script.length - after.length);
}
