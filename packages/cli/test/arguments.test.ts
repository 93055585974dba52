import { coreOptions } from '@vivarium/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseArguments } from '../src/arguments/parse.ts';
import { cliOptions } from '../src/cli-options.ts';

const options = { ...coreOptions, ...cliOptions };
const parse = (...args: string[]) => parseArguments(args, { options, isLenient: false });
const values = (...args: string[]) =>
  Object.fromEntries(Object.entries(parse(...args).flags).map(([name, { value }]) => [name, value]));

test.each([
  [['-p3.12', 'env'], { python: ['3.12'] }],
  [['-p', '3.12', '--python=3.13', 'env'], { python: ['3.12', '3.13'] }],
  [['env', '--clear'], { clear: true }],
  [['--always-copy', 'env'], { copies: true }],
  [['--without-pip', 'env'], { noSeed: true }],
  [['-vv', '-v', 'env'], { verbose: 3 }],
  [['--prompt', '', 'env'], { prompt: '' }],
  [['--sys', 'env'], { systemSitePackages: true }],
  [['--prom=x', 'env'], { prompt: 'x' }],
])('reads %j', (args, wanted) => {
  expect(values(...args)).toEqual(wanted);
  expect(parse(...args).positionals).toEqual(['env']);
});

test('remembers how a flag was typed', () => {
  expect(parse('--always-copy').flags.copies?.flag).toBe('--always-copy');
});

test('takes everything after -- as it is', () => {
  expect(parse('--clear', '--', '-dash').positionals).toEqual(['-dash']);
  expect(parse('--', '--clear')).toEqual({ positionals: ['--clear'], flags: {}, isWhole: true });
});

test.each([
  [['--claer'], "Unknown option '--claer'", '--clear'],
  [['--no'], "Unknown option '--no'", undefined],
  [['--prompt'], "Option '--prompt' needs a value", undefined],
])('refuses %j', (args, message, near) => {
  const refuse = () => parse(...args);
  expect(refuse).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', exitCode: 2, message }));
  if (near !== undefined) expect(refuse).toThrow(expect.objectContaining({ hint: expect.stringContaining(near) }));
});

test('passes over what it does not know yet when it is lenient', () => {
  const { flags } = parseArguments(['--depth', '3', '--creator', 'x', 'env'], { options, isLenient: true });
  expect(flags.creator?.value).toBe('x');
});

// With `--system-depth` declared as well, `--sys` would be the beginning of two.
test.each([
  [['--creator', 'x', 'env'], true],
  [['--depth', '3', 'env'], false],
  [['-z', 'env'], false],
  [['--sys', 'env'], false],
  [['--', '--depth'], true],
])('tells of %j whether options of plugins could change what it says', (args, isWhole) => {
  expect(parseArguments(args, { options, isLenient: true }).isWhole).toBe(isWhole);
});

test('gives a reading or an error for people, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('--', '-p', '--clear', '--prompt=', '-')), { maxLength: 5 }),
      (args) => {
        try {
          parse(...args);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ARGUMENT_INVALID', exitCode: 2 });
        }
      },
    ),
  );
});
