import { isVivariumError } from '@vivarium/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readToml } from '../src/config/read-toml.ts';

const pieces = fc.constantFrom(
  '[tool.vivarium]',
  '[',
  ']',
  '=',
  '"',
  "'''",
  'clear',
  'true',
  '{',
  '}',
  ',',
  '\n',
  '.',
  '1e9',
  '#',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces).map((parts) => parts.join('')),
);

test('ends with a table or an error for people, whatever a TOML file holds', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      try {
        expect(typeof (await readToml(text, '/vivarium.toml'))).toBe('object');
      } catch (error) {
        expect(isVivariumError(error) && error.exitCode === 2 && error.message).toContain('/vivarium.toml');
      }
    }),
  );
});

test('a file that is nested without end is refused and not followed', async () => {
  const deep = `a = ${'['.repeat(100_000)}`;
  await expect(readToml(deep, '/vivarium.toml')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
