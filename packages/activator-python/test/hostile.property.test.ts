import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import python from '@vivarium/activator-python';
import {
  HOSTILE_NAMES,
  type HostileNames,
  hostileNames,
  isDirectoryName,
  NAMES_WITH_LINE_BREAKS,
} from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describe, type Lab, makeEnvironment, openLab } from './lab.ts';
import { newest, pythons } from './pythons.ts';

// What only Python reads as something else than a name.
const PYTHON_NAMES = [
  `' + __import__('os').system('pwned') + '`,
  `" + __import__('os').system('pwned') + "`,
  `'''`,
  `"""`,
  `\\'; import os; os.system('pwned'); '`,
  '\\x27; pwned',
  '\\N{APOSTROPHE}',
  '\\u0027',
  '%s %(file)s {file} {}',
  '__VIVARIUM_TCL__',
  '# coding: rot13',
  'a\fb\vc\bd',
  'line\u2028separator\u0085next',
];
const BATCH = 40;
const NUMBER = Number(process.env.VIVARIUM_HOSTILE_NAMES ?? BATCH);

test('Each Python takes every hostile name exactly, and runs none', async () => {
  const lab = await openLab(newest);
  const names = [...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, ...PYTHON_NAMES];
  await enterAll(
    lab,
    names.filter((name) => isDirectoryName(name)).map((directory) => ({ directory })),
  );
  await enterAll(
    lab,
    names.map((prompt) => ({ directory: 'env', prompt })),
  );
});

test(`Each Python takes ${NUMBER} generated names exactly, and runs none`, {
  timeout: 60_000 + 100 * NUMBER,
}, async () => {
  const lab = await openLab(newest);
  const name = fc.oneof(hostileNames(true), fc.constantFrom(...PYTHON_NAMES));
  const names = fc.record(
    { directory: name.filter((text) => isDirectoryName(text)), prompt: name },
    { requiredKeys: ['directory'] },
  );
  const batch = fc.array(names, { minLength: BATCH, maxLength: BATCH });
  await fc.assert(
    fc.asyncProperty(batch, (pairs) => enterAll(lab, pairs)),
    { numRuns: Math.ceil(NUMBER / BATCH), endOnFailure: process.env.CI === 'true' },
  );
});

test('A directory that can’t be an entry of PATH is refused with the reason', async () => {
  const lab = await openLab(newest);
  const environment = describe(lab, { name: 'one:two' });
  expect(python.supports(environment)).toEqual({
    reason: `a directory with : in its name cannot be an entry of PATH: ${lab.directory}/one:two`,
  });
  const windows = { ...environment, interpreter: { ...environment.interpreter, os: 'nt' } } as const;
  expect(python.supports({ ...windows, destination: 'C:\\a\\b' })).toBe(true);
  expect(python.supports({ ...windows, destination: 'C:\\a;b' })).toEqual({
    reason: 'a directory with ; in its name cannot be an entry of PATH: C:\\a;b',
  });
});

async function enterAll(lab: Lab, names: readonly HostileNames[]): Promise<void> {
  const made = [];
  for (const [index, { directory, prompt }] of names.entries()) {
    await mkdir(join(lab.directory, 'round', `${index}`), { recursive: true });
    const request = { name: `round/${index}/${directory}`, tcl: `/opt/${prompt ?? directory}` };
    expect(python.supports(describe(lab, request))).toBe(true);
    made.push(await makeEnvironment(lab, prompt === undefined ? request : { ...request, prompt }));
  }
  const scripts = made.map(({ script }) => script);
  for (const interpreter of pythons) {
    const { after } = await lab.observe(scripts, { interpreter });
    const outcomes = after.map(({ variables, prefix, path }) => ({
      python: interpreter.name,
      prefix,
      place: variables.VIRTUAL_ENV,
      prompt: variables.VIRTUAL_ENV_PROMPT,
      tcl: variables.TCL_LIBRARY,
      entry: variables.PATH?.split(':')[0],
      library: path[0],
    }));
    expect(outcomes).toEqual(
      made.map(({ root, scripts: entry, library }, index) => {
        const { directory = '', prompt = directory } = names[index] ?? {};
        return {
          python: interpreter.name,
          prefix: root,
          place: root,
          prompt: prompt || directory,
          tcl: `/opt/${prompt}/tcl`,
          entry,
          library,
        };
      }),
    );
  }
  expect(await lab.isPwned()).toBe(false);
  await rm(join(lab.directory, 'round'), { recursive: true });
}
