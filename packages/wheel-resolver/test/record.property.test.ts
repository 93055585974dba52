import { formatRecord, parseRecord, WheelError } from '@vivarium/wheel-resolver/reading';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const fields = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('a', ',', '"', "'", '\n', '\r', ' ', '\\', '/')).map((parts) => parts.join('')),
);
const paths = fields.filter((text) => text !== '' && !/[\r\n]/.test(text));
const rest = fc.constantFrom('', 'sha256=x', '12');

test('a RECORD that is written reads back', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ path: paths, hash: rest, size: rest })), (lines) => {
      expect(parseRecord(formatRecord(lines))).toEqual(lines);
    }),
  );
});

test('whatever text a RECORD holds, it is read or refused', () => {
  fc.assert(
    fc.property(fields, (text) => {
      try {
        for (const line of parseRecord(text)) expect(typeof line.path).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(WheelError);
      }
    }),
  );
});
