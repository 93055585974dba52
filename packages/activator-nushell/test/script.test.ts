import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import activator from '@vivarium/activator-nushell';
import { scriptOf, writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { program, quote } from './shell.ts';

test('Windows has its own separators', () => {
  const script = scriptOf(activator, windowsEnvironment('C:\\Users\\me\\env'));
  expect(script).toContain("r#'C:\\Users\\me\\env\\Scripts'#");
  expect(script).toContain("$root + r#'\\lib\\pkgconfig'#");
  expect(script).toContain("split row r#';'#");
  const file = join(temporaryDirectory(), 'activate.nu');
  writeFileSync(file, script);
  const { stderr } = run('-c', `overlay use ${quote(file)}`);
  expect(stderr).toContain(
    "activate.nu is an overlay. Type:  overlay use r#'C:\\Users\\me\\env\\Scripts\\activate.nu'#\n",
  );
});

test('A directory whose name Nushell can’t read is refused with the reason', () => {
  const colon = 'a directory with : in its name cannot be an entry of PATH: /opt/a:b/env';
  expect(activator.supports(linuxEnvironment('/opt/a:b/env'))).toEqual({ reason: colon });
  expect(activator.supports(windowsEnvironment('C:\\a:b'))).toBe(true);
  const semicolon = 'a directory with ; in its name cannot be an entry of PATH: C:\\a;b';
  expect(activator.supports(windowsEnvironment('C:\\a;b'))).toEqual({ reason: semicolon });
  const dots = 'Nushell takes three and more dots for the directories above: /opt/.../env';
  expect(activator.supports(linuxEnvironment('/opt/.../env'))).toEqual({ reason: dots });
  expect(activator.supports(linuxEnvironment('/opt/..hidden/...env'))).toBe(true);
});

test('An environment that is entered through a link keeps the name it was created by', () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'real'));
  symlinkSync('real', join(directory, 'link'));
  const script = writeEnvironment(activator, linuxEnvironment(join(directory, 'link', 'env')));
  const { stdout, stderr } = run('-c', `overlay use ${quote(script)}\nprint $env.VIRTUAL_ENV $env.PATH.0`);
  expect({ stdout, stderr }).toEqual({ stdout: `${directory}/link/env\n${directory}/link/env/bin\n`, stderr: '' });
});

test('A PATH that is a text, and lists that others keep, are understood', () => {
  const script = writeEnvironment(activator, linuxEnvironment(join(temporaryDirectory(), 'env')));
  const { stdout, stderr } = run(
    '-c',
    `$env.PATH = "/a:/b"
$env.PKG_CONFIG_PATH = ["/p"]
overlay use ${quote(script)}
print ($env.PATH | skip 1 | str join :) ($env.PKG_CONFIG_PATH | skip 1 | str join :)
$env.PKG_CONFIG_PATH = ["/q" ...$env.PKG_CONFIG_PATH]
deactivate
print ($env.PATH | str join :) $env.PKG_CONFIG_PATH`,
  );
  expect({ stdout, stderr }).toEqual({ stdout: '/a:/b\n/p\n/a:/b\n/q:/p\n', stderr: '' });
});

function run(...args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
  return spawnSync(program, ['--no-config-file', ...args], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });
}

test('A script that sources it is refused before it has done anything, and one with its own main is read', () => {
  const script = writeEnvironment(activator, linuxEnvironment(join(temporaryDirectory(), 'env')));
  const own = join(temporaryDirectory(), 'own.nu');
  writeFileSync(own, `source ${quote(script)}\nprint sourced\ndef main [] { print "own main" }\n`);
  const refused = spawnSync(program, ['--no-config-file', own], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 1, stdout: '' });
  expect(refused.stderr).toContain(`Type:  overlay use r#'${script}'#\n`);
  writeFileSync(own, `overlay use ${quote(script)}\nprint $env.VIRTUAL_ENV_PROMPT\ndef main [] { print "own main" }\n`);
  const used = spawnSync(program, ['--no-config-file', own], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });
  expect({ status: used.status, stdout: used.stdout }).toEqual({ status: 0, stdout: 'env\nown main\n' });
});
