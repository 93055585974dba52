import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose, planRepair } from '@vivarium/environments';
import { makeZip } from '@vivarium/test-utils/make-zip';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

/** A launcher as pip writes it on Windows: a program, a first line, and an archive with the script. */
function launcher(firstLine: string): Buffer {
  const program = Buffer.from(`MZ${'\0'.repeat(200)}#!not this\n${'\0'.repeat(100)}`, 'latin1');
  const script = makeZip([{ name: '__main__.py', contents: 'print("ran")\n' }]);
  return Buffer.concat([program, Buffer.from(firstLine), script]);
}

/** An environment with the names of one on Windows, whose package `tool` has these launchers. */
function environment(launchers: Readonly<Record<string, Buffer>>): string {
  const directory = join(realpathSync(temporaryDirectory()), 'env');
  const packages = join(directory, 'Lib', 'site-packages');
  const info = join(packages, 'tool-1.0.dist-info');
  for (const path of [info, join(directory, 'Scripts')]) mkdirSync(path, { recursive: true });
  writeFileSync(
    join(directory, 'pyvenv.cfg'),
    'home = C:\\Python313\ninclude-system-site-packages = false\nversion = 3.13.0\n',
  );
  writeFileSync(join(directory, 'Scripts', 'python.exe'), 'MZ');
  for (const [name, bytes] of Object.entries(launchers)) writeFileSync(join(directory, 'Scripts', name), bytes);
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n');
  const rows = Object.keys(launchers).map((name) => `../../Scripts/${name},,\n`);
  writeFileSync(join(info, 'RECORD'), `${rows.join('')}tool-1.0.dist-info/RECORD,,\n`);
  return directory;
}

const foundIn = (directory: string) =>
  diagnose(directory).findings.filter(({ code }) => code === 'SCRIPT_INTERPRETER_MISMATCH');

test.each([
  ['a plain path', '#!C:\\Users\\ada\\env\\Scripts\\python.exe\r\n', 'C:\\Users\\ada\\env\\Scripts\\python.exe'],
  [
    'a quoted one',
    '#!"C:\\Program Files\\env\\Scripts\\python.exe"\n\r\n',
    'C:\\Program Files\\env\\Scripts\\python.exe',
  ],
  ['an option', '#!C:\\env\\Scripts\\pythonw.exe -E\n', 'C:\\env\\Scripts\\pythonw.exe'],
  ['a name beyond ASCII', '#!C:\\Üser\\python.exe\n', 'C:\\Üser\\python.exe'],
])('a launcher on Windows with %s that starts another Python is found, and installed again', (_, line, python) => {
  const directory = environment({ 'tool.exe': launcher(line), 'tool-gui.exe': launcher(line) });
  const [finding, ...others] = foundIn(directory);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    message: `Scripts/tool.exe and 1 more would be started by ${python}`,
    paths: ['Scripts/tool.exe', 'Scripts/tool-gui.exe'],
    remedy: { kind: 'command', command: expect.stringMatching(/install --force-reinstall --no-deps tool==1\.0$/) },
  });
  // It is left to pip, and no byte of a launcher is taken for text.
  const { changes, skipped } = planRepair({ diagnosis: diagnose(directory), restore: () => undefined });
  expect(JSON.stringify(changes?.steps ?? [])).not.toContain('.exe"');
  expect(skipped.map(({ code }) => code)).toContain('SCRIPT_INTERPRETER_MISMATCH');
});

test('launchers of its own Python, other programs and damaged ones are no finding', () => {
  const directory = environment({});
  const own = launcher(`#!${join(directory, 'Scripts', 'python.exe')}\n`);
  const cut = launcher('#!C:\\other\\python.exe\n');
  for (const [name, bytes] of Object.entries({
    'own.exe': own,
    'cut.exe': cut.subarray(0, cut.length - 10),
    'other.exe': Buffer.from('MZ other'),
    'archive.exe': makeZip([{ name: 'x', contents: 'x' }]),
    'empty.exe': Buffer.alloc(0),
  })) {
    writeFileSync(join(directory, 'Scripts', name), bytes);
    const record = join(directory, 'Lib', 'site-packages', 'tool-1.0.dist-info', 'RECORD');
    writeFileSync(record, `../../Scripts/${name},,\n`);
    expect({ name, found: foundIn(directory) }).toEqual({ name, found: [] });
  }
});
