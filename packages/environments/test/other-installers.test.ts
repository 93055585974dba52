import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '@vivarium/environments';
import { anyPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

// What other installers leave in an environment in which nothing is wrong.

/** An environment with a command whose first line is another one than RECORD has seen. */
function withCommand(first: (python: string) => string, body = 'print(1)\n') {
  const directory = join(temporaryDirectory(), 'env');
  execFileSync(anyPython().executable, ['-m', 'venv', '--without-pip', directory]);
  const [library = ''] = readdirSync(join(directory, 'lib'));
  const info = join(directory, 'lib', library, 'site-packages', 'tool-1.dist-info');
  mkdirSync(info);
  const python = join(directory, 'bin', 'python');
  const installed = `#!${python}\nprint(1)\n`;
  const hash = createHash('sha256').update(installed).digest('base64url');
  writeFileSync(join(info, 'RECORD'), `../../../bin/tool,sha256=${hash},${installed.length}\n`);
  writeFileSync(join(directory, 'bin', 'tool'), `${first(python)}\n${body}`, { mode: 0o755 });
  return { directory, codes: () => diagnose(directory).findings.map(({ code }) => code) };
}

test('an option of Python that pipx adds to the first line of a command is no change', () => {
  const now = (codes: readonly string[]): readonly string[] => codes.filter((code) => code !== 'BASE_END_OF_LIFE');
  expect(now(withCommand((python) => `#!${python} -E`).codes())).toEqual([]);
  expect(now(withCommand((python) => `#!${python} -E`, 'print(2)\n').codes())).toEqual(['PACKAGE_FILE_CHANGED']);
  expect(now(withCommand((python) => `#!${python}`, 'print(1)\n\n').codes())).toEqual(['PACKAGE_FILE_CHANGED']);
});

test('the file by which uv locks an environment may be written by all', () => {
  const { directory, codes } = withCommand((python) => `#!${python}`);
  writeFileSync(join(directory, '.lock'), '');
  chmodSync(join(directory, '.lock'), 0o666);
  expect(codes()).not.toContain('FILE_MODE_INVALID');
  chmodSync(join(directory, 'pyvenv.cfg'), 0o666);
  expect(codes()).toContain('FILE_MODE_INVALID');
});
