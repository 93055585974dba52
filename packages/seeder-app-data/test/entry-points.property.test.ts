import { WheelError } from '@vivarium/wheel-resolver/reading';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConsoleScripts } from '../src/image/entry-points.ts';

const pieces = fc.constantFrom(
  '[console_scripts]',
  '[',
  ']',
  'pip',
  '=',
  ':',
  '.',
  'a.b',
  '\n',
  '\r\n',
  ' ',
  '#',
  ';',
  '(',
  '\u2028',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces).map((parts) => parts.join('')),
);

test('whatever an entry_points.txt holds, what is taken for a function is nothing but names with dots', () => {
  fc.assert(
    fc.property(texts, (text) => {
      try {
        for (const { module, attribute } of parseConsoleScripts(`[console_scripts]\n${text}`)) {
          for (const part of `${module}.${attribute}`.split('.')) expect(part).toMatch(/^[\p{L}_][\p{L}\p{N}_]*$/u);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(WheelError);
      }
    }),
  );
});
