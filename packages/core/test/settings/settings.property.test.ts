import { coreOptions, resolveSettings } from '@vivarium/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const value = fc.oneof(
  fc.string(),
  // What every object has by birth is no value that someone has declared.
  fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype)),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.array(fc.string()),
  fc.constant(null),
  fc.object(),
);

test('gives values of the declared types, or a problem, whatever a file holds', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('python', 'clear', 'prompt', 'app-data', 'activators', 'no_seed'), value),
      (values) => {
        const file = { path: '/etc/vivarium.toml', prefix: '', values, isShared: false };
        const resolved = resolveSettings(coreOptions, { flags: {}, env: {}, files: [file], cwd: '/' });
        expect(typeof resolved.values.clear).toBe('boolean');
        expect(typeof resolved.values.noSeed).toBe('boolean');
        expect(['string', 'undefined']).toContain(typeof resolved.values.prompt);
        expect(resolved.values.appData ?? '/').toMatch(/^\//);
        for (const list of [resolved.values.python, resolved.values.activators]) {
          expect((list ?? []).every((item) => item === item.trim() && item !== '')).toBe(true);
        }
      },
    ),
  );
});

test('takes for a number only what is a whole one', () => {
  const options = { deep: { type: 'count', flags: ['--deep'], default: 0, help: 'how deep' } } as const;
  fc.assert(
    fc.property(value, (deep) => {
      const file = { path: '/etc/vivarium.toml', prefix: '', values: { deep }, isShared: false };
      const { values, problems } = resolveSettings(options, { flags: {}, env: {}, files: [file], cwd: '/' });
      const isUsable = typeof deep !== 'object' && Number.isSafeInteger(Number(deep)) && Number(deep) >= 0;
      if (!isUsable) expect(problems).toHaveLength(1);
      expect(Number.isSafeInteger(values.deep)).toBe(true);
    }),
  );
});

test('hands texts of flags on as they are', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const flags = { prompt: { flag: '--prompt', value: text } };
      const { values } = resolveSettings(coreOptions, { flags, env: {}, files: [], cwd: '/' });
      expect(values.prompt).toBe(text);
    }),
  );
});
