import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { HOSTILE_NAMES, hostileNames, NAMES_WITH_LINE_BREAKS } from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote } from '../src/quote.ts';
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
    const literals = texts.map((text) => quote(text));
    writeFileSync(file, `[${literals.join(' ')}] | str join (char nul) | print --raw --no-newline`);
    const { stdout, stderr } = spawnSync(program, ['--no-config-file', file], { encoding: 'utf8' });
    expect({ stderr, texts: stdout.split('\0') }).toEqual({ stderr: '', texts });
  };
  read([...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, ...FENCES]);
  fc.assert(fc.property(names, read), { numRuns: 5 });
});

test('the fence has one more # than any run in the text', () => {
  expect(quote('')).toBe("r#''#");
  expect(quote('a')).toBe("r#'a'#");
  expect(quote('a#b')).toBe("r##'a#b'##");
  expect(quote('#a##b#')).toBe("r###'#a##b#'###");
});
