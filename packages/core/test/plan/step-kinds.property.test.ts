import { readFileSync } from 'node:fs';
import { type Creator, isVivariumError, type Step, stepLine } from '@vivarium/core/host';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepSchemas } from '../../src/plan/step-schema.ts';
import { cpython312 } from '../example.ts';
import { creator, plan } from '../pipeline/plan.ts';

const SCHEMA = new URL('../../plan.schema.json', import.meta.url);

const STEPS: readonly Step[] = [
  { kind: 'directory', path: 'lib' },
  { kind: 'file', path: 'a/b', contents: '', mode: 0o755, existing: 'keep' },
  { kind: 'symlink', path: 'bin/python', target: '../x', orCopy: '/x', orFile: { contents: '' }, orDirectory: true },
  { kind: 'copy', path: 'bin/python', source: '/usr/bin/python', mode: 0 },
  { kind: 'tree', path: 'lib', source: '/cache', directories: ['a'], files: ['a/..b', 'c'], link: ['copy'] },
  { kind: 'remove', path: 'old' },
  {
    kind: 'run',
    place: 'staging',
    command: ['/x', ''],
    env: { A: null, B: '' },
    purpose: 'x',
    answer: 'y',
    timeLimit: 0.5,
  },
];

// Run `npx vitest run test/step-kinds.property.test.ts --update` to write it.
test('the published schema of plans has the kinds of steps', async () => {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const derived = { ...schema, $defs: { ...schema.$defs, ...stepSchemas } };
  await expect(`${JSON.stringify(derived, null, 2)}\n`).toMatchFileSnapshot('../../plan.schema.json');
});

test.each(STEPS)('takes $kind and describes it in a line', async (step) => {
  expect(await complaint(step)).toBeUndefined();
  expect(stepLine(step)).toMatch(new RegExp(`^${step.kind} .*`));
});

test.each([
  [{ ...STEPS[6], timeLimit: 'soon' }, 'a step `run` whose `timeLimit` is `soon`'],
  [{ ...STEPS[6], timeLimit: -1 }, 'a step `run` whose `timeLimit` is `-1`'],
  [{ ...STEPS[6], timeLimit: Number.NaN }, 'a step `run` whose `timeLimit` is `null`'],
  [{ ...STEPS[6], timeLimit: Infinity }, 'a step `run` whose `timeLimit` is `null`'],
  [{ ...STEPS[6], answer: 5 }, 'a step `run` whose `answer` is `5`'],
  [{ ...STEPS[6], env: { 'A=B': '' } }, 'a step `run` whose `env` is `{"A=B":""}`'],
  [{ ...STEPS[6], command: ['/x', 'a\0b'] }, 'a step `run` whose `command` is `["/x","a\\u0000b"]`'],
  [{ ...STEPS[2], orFile: {} }, 'a step `symlink` whose `orFile` is `{}`'],
  [{ ...STEPS[2], orFile: { contents: '', owner: 0 } }, 'a step `symlink` whose `orFile` is'],
  [{ ...STEPS[1], mode: 0o1000 }, 'a step `file` whose `mode` is `512`'],
  [{ ...STEPS[4], link: [] }, 'a step `tree` whose `link` is `[]`'],
  [{ ...STEPS[4], files: Array(2) }, 'a step `tree` whose `files` is `[null,null]`'],
  [{ ...STEPS[0], paths: ['lib'] }, 'a step `directory` whose `paths` is `["lib"]`'],
])('refuses %o', async (step, message) => {
  expect(await complaint(step)).toContain(message);
});

test('takes what the published schema takes, and refuses the rest', async () => {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const validate = new Ajv2020({ strict: false }).compile({ $defs: schema.$defs, $ref: '#/$defs/step' });
  const strange = fc.oneof(
    fc.constantFrom('', '..', '/a', 'a/../b', 'a\\b', 'C:x', 'a\0', '...', 'a/..', './a', 'copy', 'staging', true),
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const property = fc.constantFrom(
    'path',
    'contents',
    'mode',
    'target',
    'orFile',
    'source',
    'files',
    'link',
    'env',
    'command',
    'purpose',
    'answer',
    'timeLimit',
    'place',
    'orDirectory',
    'x',
  );
  const changes = fc.dictionary(property, fc.oneof(strange, fc.array(strange, { maxLength: 2 })), { maxKeys: 2 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STEPS), changes, async (step, changed) => {
      const changedStep = JSON.parse(JSON.stringify({ ...step, ...changed }));
      expect((await complaint(changedStep)) === undefined).toBe(validate(changedStep));
    }),
    { numRuns: 500 },
  );
});

/** What is said of a creator that plans this step. */
async function complaint(step: unknown): Promise<string | undefined> {
  const layout = { ...cpython312.scheme, executable: 'bin/python' };
  const stepping = { ...creator, plan: () => ({ layout, steps: [step] }) } as unknown as Creator;
  try {
    await plan({ destination: '/zoo/env', creators: [stepping] });
    return undefined;
  } catch (error) {
    expect(isVivariumError(error) && error.code).toBe('PLUGIN_ANSWER_INVALID');
    return String(error);
  }
}
