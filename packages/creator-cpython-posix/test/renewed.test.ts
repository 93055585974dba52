import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import creator from '@vivarium/creator-cpython-posix';
import { makeEnvironment, probe } from '@vivarium/test-utils/create-environment';
import { CPYTHONS, wantedPython } from '@vivarium/test-utils/pythons';
import { runPython } from '@vivarium/test-utils/run-python';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let directory: string;

beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-renewed-')));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const python = wantedPython('3.13.0');
const ask = ['-c', 'import sys; print(sys.prefix)'];

describe.skipIf(python.isMissing)('an environment whose base is gone', () => {
  test.each([false, true])(
    'is brought back to life, and nothing is written where its links lead (copies: %s)',
    async (copies) => {
      const destination = join(directory, `dead ${copies}`);
      const request = { creator, interpreter: await probe(python.executable), destination };
      await makeEnvironment(request);
      const gone = join(directory, `gone ${copies}`);
      mkdirSync(gone);
      for (const name of ['python', 'python3']) {
        rmSync(join(destination, 'bin', name));
        symlinkSync(join(gone, 'python'), join(destination, 'bin', name));
      }
      await makeEnvironment({ ...request, copies });
      expect(readdirSync(gone)).toEqual([]);
      expect(lstatSync(join(destination, 'bin', 'python')).isSymbolicLink()).toBe(!copies);
      expect(runPython(join(destination, 'bin', 'python3'), ask).trim()).toBe(destination);
    },
  );
});

describe.skipIf(python.isMissing)('an environment that is there', () => {
  test('may be renewed with copies after it was made of links, and the other way', async () => {
    const destination = join(directory, 'turned');
    const interpreter = await probe(python.executable);
    for (const copies of [false, true, false]) {
      await makeEnvironment({ creator, interpreter, destination, copies });
      expect(runPython(join(destination, 'bin', 'python'), ask).trim()).toBe(destination);
    }
    expect(readlinkSync(join(destination, 'bin', 'python'))).toBe(python.executable);
  });

  test('tells the version of its base as it is, not as it was when the environment was created', async () => {
    const destination = join(directory, 'older');
    await makeEnvironment({ creator, interpreter: await probe(python.executable), destination });
    const configuration = join(destination, 'pyvenv.cfg');
    writeFileSync(configuration, readFileSync(configuration, 'utf8').replaceAll('3.13.0', '3.13.99'));
    const interpreter = await probe(join(destination, 'bin', 'python'));
    expect(interpreter.version).toMatchObject({ minor: 13, micro: 0 });
    await makeEnvironment({ creator, interpreter, destination });
    expect(readFileSync(configuration, 'utf8')).toContain('version = 3.13.0\n');
  });
});

describe.each(CPYTHONS)('an environment of Python $name', ({ executable, isMissing }) => {
  test.skipIf(isMissing)(
    'imports no threading when it starts, and processes path files that PYTHONPATH names too',
    async () => {
      const destination = join(directory, `start of ${executable.replaceAll('/', '-')}`);
      const interpreter = await probe(executable);
      await makeEnvironment({ creator, interpreter, destination });
      const packages = join(destination, interpreter.scheme.purelib);
      writeFileSync(join(packages, 'mark.pth'), 'import sys; sys.mark = "seen"\n');
      const code = 'import sys; print("threading" in sys.modules, sys.mark)';
      const variables = { PYTHONPATH: packages };
      expect(runPython(join(destination, 'bin', 'python'), ['-c', code], { variables }).trim()).toBe('False seen');
    },
  );
});
