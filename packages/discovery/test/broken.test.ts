import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { listInterpreters } from '@vivarium/discovery';
import { beforeAll, describe, expect, test } from 'vitest';
import { contextFor, find, freshDirectory, type TestContext } from './context.ts';
import { link, script } from './files.ts';
import { python } from './pythons.ts';

/** Two hundred directories on `PATH`, full of what is not a Python, and one real one in the last. */
function brokenPath(): string {
  const root = freshDirectory();
  const directories = Array.from({ length: 200 }, (_, index) => join(root, `${index}`));
  for (const directory of directories.filter((_, index) => index % 10 !== 0)) mkdirSync(directory);
  const at = (index: number, name: string): string => join(directories[index] ?? root, name);
  link(at(1, 'python3'), '/nowhere/python3');
  link(at(1, 'python'), 'python');
  writeFileSync(at(2, 'python3'), 'no program');
  mkdirSync(at(3, 'python3'));
  for (let index = 51; index < 60; index += 1)
    script(at(index, 'python3'), '#!/bin/sh\n/bin/sleep 100 &\n/bin/sleep 100\n');
  script(at(11, 'python3'), '#!/bin/sh\nkill -ABRT $$\n');
  script(at(12, 'python3'), '#!/bin/sh\n/usr/bin/head -c 5000 /dev/urandom\n');
  script(at(13, 'python3'), '#!/nowhere/interpreter\n');
  script(at(14, 'python3'), '');
  script(at(15, 'python3'), '\x7fELF garbage');
  script(at(16, 'python3'), '#!/bin/sh\nexec /usr/bin/yes\n');
  copyFileSync('/bin/true', at(17, 'python3'));
  copyFileSync('/bin/echo', at(18, 'python3'));
  for (let index = 21; index < 50; index += 1) script(at(index, 'python3.12'), '#!/bin/sh\nexit 1\n');
  link(at(199, 'python3.11'), python('3.11'));
  return directories.join(delimiter);
}

const LIMIT = 1;
let context: () => TestContext;
beforeAll(() => {
  context = () => contextFor({ env: { PATH: brokenPath(), VIVARIUM_DISCOVERY_TIMEOUT: `${LIMIT}` } });
});

describe('a PATH full of broken things', () => {
  test.each([[[]], [['3.12', '>=3.8']]])('does not hide the one that works, asked for by %j', async (specs) => {
    const started = performance.now();
    const { interpreter } = await find(context(), ...specs);
    expect(interpreter.version).toMatchObject({ major: 3, minor: 11 });
    // Nine programs hang, and are not waited for one after the other.
    expect(performance.now() - started).toBeLessThan(9 * LIMIT * 1000);
  });

  test('gives one error that names what was met', async () => {
    await expect(find(context(), '3.5')).rejects.toMatchObject({
      code: 'INTERPRETER_NOT_FOUND',
      message: expect.stringMatching(
        /^No Python fits `3.5`\n {2}can't be used:\n[\s\S]*timed out after 1 s[\s\S]* and \d+ more\n {2}found instead:\n {4}CPython 3\.11\.\d+ at .*\n {2}searched: PATH$/,
      ),
    });
  });

  test('is listed with a reason for each', async () => {
    const reasons: string[] = [];
    const works: string[] = [];
    for await (const listed of listInterpreters(context())) {
      if ('failure' in listed) reasons.push(listed.failure.code);
      else works.push(listed.executable);
    }
    expect(works).toStrictEqual([expect.stringMatching(/\/199\/python3\.11$/)]);
    expect(reasons.filter((code) => code === 'PROBE_TIMED_OUT')).toHaveLength(9);
    expect(new Set(reasons)).toStrictEqual(
      new Set(['PROBE_TIMED_OUT', 'PROBE_FAILED', 'PROBE_ANSWER_INVALID', 'PROBE_NOT_STARTED']),
    );
  });
});

test('however many programs hang, they are waited for at the same time', async () => {
  const root = freshDirectory();
  const directories = Array.from({ length: 40 }, (_, index) => join(root, `${index}`));
  for (const directory of directories) script(join(directory, 'python3'), '#!/bin/sh\nexec /bin/sleep 100\n');
  const env = { PATH: [...directories, dirname(python('3.11'))].join(delimiter), VIVARIUM_DISCOVERY_TIMEOUT: '4' };
  const hanging = contextFor({ env });
  const { interpreter } = await find(hanging);
  expect(interpreter.version.minor).toBe(11);
  // When the first one's time is up, all are asked or nearly so, though not more than sixteen were begun in a second.
  const asked = hanging.debugMessages.slice(
    0,
    hanging.debugMessages.findIndex((line) => line.startsWith('skipped')),
  );
  expect(asked.length).toBeGreaterThan(32);
});
