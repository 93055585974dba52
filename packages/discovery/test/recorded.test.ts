import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Interpreter, pathsOf } from '@vivarium/core/plugin';
import { isInterpreter, probeInterpreter } from '@vivarium/discovery';
import { describe, expect, test } from 'vitest';
import { contextFor } from './context.ts';
import { pythons } from './pythons.ts';

const directory = join(import.meta.dirname, '..', '..', 'testkit', 'interpreters');
const names = readdirSync(directory).filter((name) => name.endsWith('.json'));

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(join(directory, name), 'utf8'));
}

describe.each(names)('%s', (name) => {
  test('is an interpreter whose paths are absolute, in its own notation, and of no real machine', () => {
    const interpreter = recorded(name) as Interpreter;
    expect(isInterpreter(interpreter)).toBe(true);
    const paths = pathsOf(interpreter);
    const { executable, systemExecutable, realExecutable, prefix, basePrefix, baseExecPrefix, stdlib } = interpreter;
    for (const path of [executable, systemExecutable, realExecutable, prefix, basePrefix, baseExecPrefix, stdlib]) {
      expect(paths.isAbsolute(path)).toBe(true);
      expect(path.includes(interpreter.os === 'nt' ? '/' : '\\')).toBe(false);
    }
    for (const path of Object.values(interpreter.scheme)) expect(path).toMatch(/^\w[^\\]*$/);
    expect(JSON.stringify(interpreter)).not.toMatch(/\/(?:root|tmp|work|var)\//);
  });
});

describe.each([...pythons])('Python %s', (version, executable) => {
  const name = `cpython-${version}-linux-pyenv.json`;
  test.skipIf(process.platform !== 'linux' || process.arch !== 'x64' || !names.includes(name))(
    'answers what was recorded of it (of the versions that were, on Linux, x86_64)',
    async () => {
      const root = dirname(dirname(dirname(executable)));
      const minor = version.split('.').slice(0, 2).join('.');
      const interpreter = await probeInterpreter(join(dirname(executable), `python${minor}`), contextFor());
      expect(JSON.parse(JSON.stringify(interpreter).replaceAll(root, '/opt/python'))).toStrictEqual(recorded(name));
    },
  );
});

test('what is not an interpreter is not taken for one', () => {
  const good = recorded(names[0] ?? '') as Record<string, unknown>;
  expect(isInterpreter(good)).toBe(true);
  for (const bad of [null, [], 'text', {}, { ...good, bits: 16 }, { ...good, scheme: {} }, { ...good, extra: 1 }]) {
    expect(isInterpreter(bad)).toBe(false);
  }
  for (const key of Object.keys(good).filter(
    (one) => !/implementationVersion|cacheTag|framework|libc|sharedLibrary|system|tcl/.test(one),
  )) {
    expect(isInterpreter({ ...good, [key]: undefined })).toBe(false);
  }
});
