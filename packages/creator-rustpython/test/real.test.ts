import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import creator from '@vivarium/creator-rustpython';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEnvironment, probe } from './make-environment.ts';

/** The executable; it takes a quarter of an hour to build: `cargo install rustpython --locked`. */
const rustpython = process.env.VIVARIUM_RUSTPYTHON ?? '';
const description = join(import.meta.dirname, 'describe.py');

describe.skipIf(rustpython === '')('an environment of RustPython (needs VIVARIUM_RUSTPYTHON naming one)', () => {
  let folder: string;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-rustpython-')));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function describePython(root: string): unknown {
    const output = execFileSync(join(root, 'bin', 'python'), [description], { encoding: 'utf8' });
    return JSON.parse(output.replaceAll(root, 'ENV'));
  }

  test.each([false, true])('knows the same of itself as in an environment of its venv (copies: %s)', async (copies) => {
    const [ours, theirs] = [join(folder, `ours ${copies}`), join(folder, `venv ${copies}`)];
    await makeEnvironment({ creator, interpreter: await probe(rustpython, folder), destination: ours, copies });
    execFileSync(rustpython, ['-m', 'venv', '--without-pip', copies ? '--copies' : '--symlinks', theirs]);
    expect(describePython(ours)).toEqual(describePython(theirs));
    for (const name of readdirSync(join(ours, 'bin'))) {
      const prefix = execFileSync(join(ours, 'bin', name), ['-c', 'import sys; print(sys.prefix)'], {
        encoding: 'utf8',
      });
      expect(prefix.trim()).toBe(ours);
    }
  });
});
