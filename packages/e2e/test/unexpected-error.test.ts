import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newSandbox, vivariumCommand } from './vivarium.ts';

test('an unexpected error says where to report it, with a text that names neither the user nor their files', async () => {
  const sandbox = newSandbox();
  const breaking = join(sandbox.directory, 'breaking.cjs');
  // What no code of ours can be prepared for: a function of the language itself fails, once.
  const code =
    'Object.fromEntries = () => { Object.fromEntries = real; throw new TypeError("not in " + __filename); };';
  writeFileSync(breaking, `const real = Object.fromEntries;\n${code}\n`);
  const variable = `NODE_OPTIONS=--require=${breaking}`;
  const typed = ['create', '--prompt', 'secret', 'secret/env'];
  const { exitCode, stdout, stderr } = await sandbox.run('env', variable, vivariumCommand(), ...typed);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^error: Unexpected error: not in .*\n\nhint: This is a bug in vivarium\./);
  const report = stderr.slice(stderr.indexOf('\n\n    vivarium create'));
  expect(report).toMatch(
    /^\n\n {4}vivarium create --prompt … …\n {4}vivarium \S+, Node\.js \S+, \w+ \w+\n {4}TypeError: not in …\n {8}at /,
  );
  expect(report).not.toMatch(new RegExp(`secret|${sandbox.directory}`));
});
