import { coreOptions, VivariumError } from '@vivarium/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inCallerWords, translate } from '../src/library/caller-words.ts';

const options = {
  ...coreOptions,
  linkMode: { type: 'choice', choices: ['copy', 'symlink'], default: 'copy', help: 'how to link' },
  download: { type: 'boolean', default: false, negations: ['no-download'], help: 'fetch' },
} as const;

test.each([
  ['add --allow-existing, or --clear --force', 'add allowExisting: true, or clear: true, force: true'],
  ['Leave out --no-download.', 'Leave out download: false.'],
  ['Name another with -p, for example -p 3.11.', "Name another with python, for example python: '3.11'."],
  ['(use --app-data to choose a directory)', '(use appData to choose a directory)'],
  ['the same as `--link-mode symlink`', "the same as `linkMode: 'symlink'`"],
  ['--link-mode is not set', 'linkMode is not set'],
  ['-p /usr/bin/python3 is there', "python: '/usr/bin/python3' is there"],
  ['`npm install --save-dev x`', '`npm install --save-dev x`'],
  ['a--clear and x-p 3', 'a--clear and x-p 3'],
])('%j is %j to a caller', (text, expected) => {
  expect(translate(text, options)).toBe(expected);
});

test('the code, the cause and errors of others stay as they are', () => {
  const cause = new Error('x');
  const error = new VivariumError('ARGUMENT_INVALID', 'use --clear', {
    source: '--app-data',
    hint: 'or --force',
    cause,
  });
  expect(inCallerWords(error, options)).toBe(error);
  expect(error).toMatchObject({ code: 'ARGUMENT_INVALID', message: 'use clear: true', source: 'appData', cause });
  expect(error.hint).toBe('or force: true');
  expect(inCallerWords(cause, options)).toBe(cause);
});

test('a text without flags comes out as it went in, and no text makes it fail', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const translated = translate(text, options);
      if (!text.includes('-')) expect(translated).toBe(text);
      expect(translate(translated, options)).toBe(translated);
    }),
  );
});
