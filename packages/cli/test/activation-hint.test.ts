import bash from '@vivarium/activator-bash';
import batch from '@vivarium/activator-batch';
import fish from '@vivarium/activator-fish';
import powershell from '@vivarium/activator-powershell';
import type { Activator } from '@vivarium/core/host';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { expect, test } from 'vitest';
import { activationHint } from '../src/terminal/activation-hint.ts';

const activators = [bash, batch, fish, powershell];
// No process has this number, so that nothing is known of a parent.
const parent = 2 ** 30;

function told(destination: string, env: Record<string, string>, platform: NodeJS.Platform = 'win32') {
  const isWindows = platform === 'win32';
  return activationHint({
    environment: isWindows ? windowsEnvironment(destination) : linuxEnvironment(destination),
    activators,
    cwd: isWindows ? 'C:\\work' : '/work',
    caller: { env, platform, parent },
  });
}

test.each([
  ['C:\\work\\.venv', { PROMPT: '$P$G' }, '.venv\\Scripts\\activate.bat'],
  ['C:\\work\\my env', { PROMPT: '$P$G' }, '"my env\\Scripts\\activate.bat"'],
  ['C:\\work\\.venv', {}, '.venv\\Scripts\\activate.ps1'],
  ['D:\\my env', {}, "& 'D:\\my env\\Scripts\\activate.ps1'"],
  ["C:\\work\\it's", {}, "& 'it''s\\Scripts\\activate.ps1'"],
  ['C:\\work\\.venv', { SHELL: '/usr/bin/bash.exe', PROMPT: '' }, "source '.venv\\Scripts\\activate'"],
])('on Windows %s with the variables %j is entered by %s', (destination, env, line) => {
  expect(told(destination, env)).toBe(line);
});

test.each([
  ['/work/.venv', { SHELL: '/bin/zsh' }, 'source .venv/bin/activate'],
  ['/work', { SHELL: '/bin/bash' }, 'source bin/activate'],
  ['/workshop', { SHELL: '/usr/bin/fish' }, 'source /workshop/bin/activate.fish'],
  ['/work/..a', { SHELL: '/usr/bin/ksh' }, '. ..a/bin/activate'],
  ['/work/.venv', { SHELL: '/opt/microsoft/pwsh' }, '.venv/bin/activate.ps1'],
  ['/work/.venv', { SHELL: '/bin/rc' }, undefined],
  ['/work/.venv', {}, undefined],
])('elsewhere %s with the variables %j is entered by %s', (destination, env, line) => {
  expect(told(destination, env, 'darwin')).toBe(line);
});

test('no one is told of a script that was not written', () => {
  const environment = linuxEnvironment('/work/.venv');
  const caller = { env: { SHELL: '/bin/zsh' }, platform: 'linux', parent } as const;
  expect(activationHint({ environment, activators: [fish], cwd: '/work', caller })).toBeUndefined();
});

test('a plugin that can not say it does no harm', () => {
  const command = () => {
    throw new Error('boom');
  };
  const mute: Activator = { ...fish, activationCommand: { shells: ['fish'], script: 'x', line: command } };
  const environment = linuxEnvironment('/work/.venv');
  const caller = { env: { SHELL: '/bin/fish' }, platform: 'linux', parent } as const;
  expect(activationHint({ environment, activators: [mute], cwd: '/work', caller })).toBeUndefined();
});
