import { printable } from '@vivarium/core/internal';
import { expect, test } from 'vitest';

test('what a terminal obeys is written as an escape, and everything else as it is', () => {
  const plain = ' !"\'\\~\n\u00a0ä€\u061b\u200d\u2010\u2027\u202f\u2065\u206a\u{1f40d}';
  expect(printable(plain)).toBe(plain);
  expect(printable('\0\u0009\u000b\u001f\u007f\u009f')).toBe('\\u0000\\u0009\\u000b\\u001f\\u007f\\u009f');
  expect(printable('\u0080\u061c\u200e\u200f\u2028\u202e\u2066\u2069')).toBe(
    '\\u0080\\u061c\\u200e\\u200f\\u2028\\u202e\\u2066\\u2069',
  );
  expect(printable('a\u001b[31mb\u202ec')).toBe('a\\u001b[31mb\\u202ec');
});
