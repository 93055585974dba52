import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isVivariumError } from '@vivarium/core/host';
import { readConfiguration } from '@vivarium/core/internal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOneLine } from '../../src/pyvenv-cfg/one-line.ts';
import { configurationText } from '../../src/pyvenv-cfg/write.ts';
import { testDirectory } from '../directory.ts';
import { cpython312 } from '../example.ts';

const pieces = fc.constantFrom(
  'home',
  ' = ',
  '=',
  '"',
  "'",
  '\n',
  '\r\n',
  '\r',
  '\0',
  '\u2028',
  'a',
  ' ',
  '\ufeff',
  'É',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces).map((parts) => parts.join('')),
);

test('whatever bytes a pyvenv.cfg holds, it is read, and no key or value has a line break', () => {
  const path = join(testDirectory(), 'pyvenv.cfg');
  const bytes = fc.oneof(
    texts.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 2000 }),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      writeFileSync(path, content);
      for (const [key, value] of Object.entries(readConfiguration(path))) {
        expect(key).toBe(key.trim().toLowerCase());
        expect(`${key}${value}`).not.toMatch(/[\r\n]/);
      }
    }),
  );
});

test('a pyvenv.cfg of any size is read as far as one can be, and at once', () => {
  const path = join(testDirectory(), 'pyvenv.cfg');
  writeFileSync(path, `home = /usr/bin\n${'= \t'.repeat(20_000_000)}`);
  expect(readConfiguration(path).home).toBe('/usr/bin');
});

test('whatever is written into a pyvenv.cfg is one line and reads back, or is refused', () => {
  const path = join(testDirectory(), 'pyvenv.cfg');
  const value = fc.oneof(texts, fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(value, value, (prompt, place) => {
      const interpreter = { ...cpython312, basePrefix: `/opt/${place}` };
      const layout = { ...interpreter.scheme, executable: 'bin/python' };
      try {
        const text = configurationText({
          environment: { destination: '/env', interpreter, layout, prompt },
          tool: { name: 'vivarium', version: '1.0.0' },
          systemSitePackages: false,
          furtherKeys: [],
        });
        writeFileSync(path, text);
      } catch (error) {
        if (!isVivariumError(error)) throw error;
        expect(isOneLine(`${prompt}${place}`)).toBe(false);
        return;
      }
      const keys = readConfiguration(path);
      expect(Object.keys(keys)).toHaveLength(13);
      // Half of a surrogate pair can't be written as UTF-8.
      expect(keys.prompt).toBe(prompt.toWellFormed());
      if (!/^["']|\s$/.test(place)) expect(keys['base-prefix']).toBe(`/opt/${place}`.toWellFormed().trim());
    }),
  );
});
