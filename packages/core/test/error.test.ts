import { once } from 'node:events';
import { inspect } from 'node:util';
import { MessageChannel, Worker } from 'node:worker_threads';
import { errors, isVivariumError, VivariumError } from '@vivarium/core/host';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

const details = { hint: 'Choose another name.', source: 'DEST' };
const error = new VivariumError('DESTINATION_EMPTY', 'The destination is empty', details);
const same = { code: 'DESTINATION_EMPTY', message: 'The destination is empty', exitCode: 2, ...details };

test('the class and its errors have their proper names', () => {
  expect(VivariumError.name).toBe('VivariumError');
  expect(error.name).toBe('VivariumError');
  expect(`${error}`).toBe('VivariumError: The destination is empty');
  expect(inspect(error)).toMatch(/^VivariumError \[DESTINATION_EMPTY\]: The destination is empty\n {4}at /);
});

test('every code has its exit code from the table', () => {
  for (const [code, { exitCode }] of Object.entries(errors)) {
    expect(new VivariumError(code as keyof typeof errors, 'x').exitCode, code).toBe(exitCode);
  }
});

test('titles and remedies are sentences', () => {
  for (const [code, { title, remedy }] of Object.entries(errors)) {
    expect(title, code).toMatch(/^[A-Z`].*\.$/);
    expect(remedy, code).toMatch(/^[A-Z`].*\.$/);
  }
});

test('the code of a plugin of others exits with 1, whatever its name', () => {
  expect(new VivariumError('elvish:SHELL_NOT_FOUND', 'x').exitCode).toBe(1);
  expect(new VivariumError('toString:X', 'x')).toMatchObject({ code: 'toString:X', exitCode: 1 });
});

test('an aborted run has the name that Node.js gives to such errors, and its code', () => {
  const aborted = new VivariumError('INTERRUPTED', 'Interrupted');
  expect(aborted).toMatchObject({ name: 'AbortError', code: 'INTERRUPTED', exitCode: 130 });
  expect(VivariumError.from(JSON.parse(JSON.stringify(aborted)))).toMatchObject({ name: 'AbortError' });
});

test('survives JSON', () => {
  const read = VivariumError.from(JSON.parse(JSON.stringify(error)));
  expect(isVivariumError(read)).toBe(true);
  expect(read).toMatchObject(same);
});

test('survives JSON with any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string(), { nil: undefined }), (message, hint) => {
      const before = new VivariumError('elvish:X', message, { hint });
      const after = VivariumError.from(JSON.parse(JSON.stringify(before)));
      expect([after.message, after.hint, after.code]).toEqual([before.message, hint && before.hint, 'elvish:X']);
    }),
  );
});

test('survives a structured clone: the data whole, the error itself with its code', () => {
  expect(VivariumError.from(structuredClone(error.toJSON()))).toMatchObject(same);
  expect(VivariumError.from(structuredClone(error))).toMatchObject({
    code: 'DESTINATION_EMPTY',
    message: 'The destination is empty',
    exitCode: 2,
  });
});

test('survives the way between workers, posted or thrown', async () => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(error);
  const [posted] = await once(port2, 'message');
  port1.close();
  expect(VivariumError.from(posted)).toMatchObject({ code: 'DESTINATION_EMPTY' });

  const core = JSON.stringify(import.meta.resolve('@vivarium/core/host'));
  const source = `import(${core}).then(({ VivariumError }) => {
    throw new VivariumError('DESTINATION_EMPTY', 'The destination is empty', ${JSON.stringify(details)});
  });`;
  const worker = new Worker(source, { eval: true });
  const [thrown] = await once(worker, 'error');
  expect(VivariumError.from(thrown)).toMatchObject(same);
});

test('keeps an error that is one, also of another copy of the package', async () => {
  expect(VivariumError.from(error)).toBe(error);
  vi.resetModules();
  const copy = await import('../src/error.ts');
  const other = new copy.VivariumError('SPEC_INVALID', 'x');
  expect(other).not.toBeInstanceOf(VivariumError);
  expect(VivariumError.from(other)).toBe(other);
});

test.each([
  [new TypeError('x is not a function'), 'x is not a function'],
  [Object.assign(new Error('no such file'), { code: 'ENOENT' }), 'no such file'],
  [new DOMException('aborted', 'AbortError'), 'aborted'],
  ['text', 'text'],
  [null, 'null'],
  [{ code: 'SPEC_INVALID', message: 'without a name' }, '[object Object]'],
])('turns %j into an internal error with its cause', (value, message) => {
  expect(VivariumError.from(value)).toMatchObject({ code: 'INTERNAL_ERROR', exitCode: 1, message, cause: value });
});
