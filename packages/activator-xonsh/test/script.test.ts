import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import activator from '@vivarium/activator-xonsh';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { quote, xonsh } from './shell.ts';

test('A directory whose name can’t be an entry of PATH is refused with the reason', () => {
  const colon = 'a directory with : in its name cannot be an entry of PATH: /opt/a:b/env';
  expect(activator.supports(linuxEnvironment('/opt/a:b/env'))).toEqual({ reason: colon });
  expect(activator.supports(windowsEnvironment('C:\\a:b'))).toBe(true);
  const semicolon = 'a directory with ; in its name cannot be an entry of PATH: C:\\a;b';
  expect(activator.supports(windowsEnvironment('C:\\a;b'))).toEqual({ reason: semicolon });
  const dollar = 'xonsh takes a $ with a name after it for a variable, in each entry of PATH: /opt/$HOME/env';
  expect(activator.supports(linuxEnvironment('/opt/$HOME/env'))).toEqual({ reason: dollar });
  expect(activator.supports(linuxEnvironment('/opt/$(pwned)$/env'))).toBe(true);
});

test('What the user had by our names is there again', () => {
  const script = writeEnvironment(activator, linuxEnvironment(join(temporaryDirectory(), 'env')));
  const output = run([
    "aliases['deactivate'] = ['echo', 'theirs']",
    "aliases['pydoc'] = ['echo', 'their pydoc']",
    '_vivarium = 1',
    'before = set(globals())',
    `source @(${quote(script)})`,
    'print(sorted(set(globals()) - before - {"before"}), flush=True)',
    'pydoc',
    'deactivate',
    'deactivate',
    'pydoc',
    `source @(${quote(script)})`,
    "aliases['deactivate'] = ['echo', 'newer']",
    `source @(${quote(script)})`,
    'deactivate',
    'deactivate',
  ]);
  expect(output).toBe('[]\ntheir pydoc\ntheirs\ntheir pydoc\nnewer\n');
});

test('Entries of PATH that a user has written keep their form', () => {
  const script = writeEnvironment(activator, linuxEnvironment(join(temporaryDirectory(), 'env')));
  const output = run([
    "$PATH = ['~/bin', '$HOME/x', '/usr/bin']",
    `source @(${quote(script)})`,
    "$PATH.insert(0, '/mine')",
    'deactivate',
    'print($PATH._l)',
  ]);
  expect(output).toContain("'~/bin', '$HOME/x', '/usr/bin']");
});

test('The parentheses are those of the user', () => {
  const script = writeEnvironment(activator, linuxEnvironment(join(temporaryDirectory(), 'a{b}')));
  const output = run([
    "$PROMPT_FIELDS['env_prefix'] = '['",
    "$PROMPT_FIELDS['env_postfix'] = '] '",
    "$PROMPT_FIELDS['env_name'] = 'theirs'",
    `source @(${quote(script)})`,
    "print($PROMPT_FIELDS['env_name']())",
    'deactivate',
    "print($PROMPT_FIELDS['env_name'])",
  ]);
  expect(output).toBe('[a{{b}}] \ntheirs\n');
});

test('An environment that is entered through a link keeps the name it was created by', () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'real'));
  symlinkSync('real', join(directory, 'link'));
  const made = join(directory, 'link', 'env');
  writeEnvironment(activator, linuxEnvironment(made));
  expect(run([`source @(${quote(join(directory, 'real/env/bin/activate.xsh'))})`, 'print($VIRTUAL_ENV)'])).toBe(
    `${made}\n`,
  );
});

function run(lines: readonly string[]): string {
  const directory = temporaryDirectory();
  const file = join(directory, 'test.xsh');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const [command] = xonsh.command;
  const options = { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', HOME: directory, LANG: 'C.UTF-8' } } as const;
  const { stdout, stderr } = spawnSync(command, ['--no-rc', file], options);
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}
