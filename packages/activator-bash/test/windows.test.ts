import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { scriptOf, writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

test('serves interpreters of both platforms', () => {
  expect(bash.supports(linuxEnvironment('/srv/env'))).toBe(true);
  expect(bash.supports(windowsEnvironment('C:\\env'))).toBe(true);
});

test('refuses a directory that PATH can not hold', () => {
  expect(bash.supports(linuxEnvironment('/srv/a:b'))).toEqual({
    reason: 'a directory with : in its name cannot be an entry of PATH: /srv/a:b',
  });
});

test('ends its lines with a line feed on every platform', () => {
  expect(scriptOf(bash, windowsEnvironment('C:\\env'))).not.toContain('\r');
});

// There is no Windows here: what stands in for it is the program by which Git Bash, MSYS2 and Cygwin turn paths round.
test.each(['bash', 'zsh', 'dash'])('%s turns a Windows path into its own where there is a cygpath', (shell) => {
  const directory = temporaryDirectory();
  const place = join(directory, 'c', 'Users', "it's", 'env');
  writeEnvironment(bash, windowsEnvironment("C:\\Users\\it's\\env"), place);
  const tools = join(directory, 'tools');
  mkdirSync(tools);
  writeFileSync(
    join(tools, 'cygpath'),
    `#!/bin/sh\n[ "$1" = -u ] || exit 1\nprintf '%s\\n' "$2" | sed 's|^C:|${directory}/c|; s|\\\\|/|g'\n`,
  );
  chmodSync(join(tools, 'cygpath'), 0o755);
  const script = '. "$1"; echo "$VIRTUAL_ENV"; echo "$VIRTUAL_ENV_PROMPT"; echo "$PATH"; deactivate; echo "$PATH"';
  const flags = shell === 'zsh' ? ['-f'] : [];
  const path = `${tools}:/usr/bin:/bin`;
  const lines = execFileSync(shell, [...flags, '-c', script, shell, join(place, 'Scripts', 'activate')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: path },
  });
  expect(lines.split('\n')).toEqual([place, 'env', `${place}/Scripts:${path}`, path, '']);
});
