import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer } from '../src/probe/answer.ts';

const keys = fc.constantFrom('implementation', 'version', 'prefix', 'base_prefix', 'scheme', 'os', 'bits', 'listings');

test('the answer of another program, or garbage, is refused with the part that is wrong', () => {
  const documents = fc.oneof(
    fc.json(),
    fc.string(),
    fc.dictionary(keys, fc.jsonValue()).map((it) => JSON.stringify(it)),
  );
  fc.assert(
    fc.property(documents, (document) => {
      expect(() => readAnswer(document)).toThrow(Error);
    }),
  );
});
