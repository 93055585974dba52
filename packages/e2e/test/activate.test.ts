import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localPackage } from './local-package.ts';
import { newSandbox } from './vivarium.ts';

test('a person activates in bash, installs, deactivates, and finds everything as before', async () => {
  const sandbox = newSandbox({ PS1: '$ ' });
  await sandbox.vivarium('create', 'codefathertech');
  const wheel = await localPackage(sandbox.directory);
  const script = `
    set -eu
    before="$PATH|\${PS1-unset}|\${PYTHONHOME-unset}|$(set -o)"
    . codefathertech/bin/activate
    echo "\${PATH%%:*}"
    echo "$VIRTUAL_ENV|$VIRTUAL_ENV_PROMPT|\${PS1@P}"
    command -v python
    python -m pip install --quiet --no-index --disable-pip-version-check '${wheel}'
    greet
    deactivate
    [ "$before" = "$PATH|\${PS1-unset}|\${PYTHONHOME-unset}|$(set -o)" ] && echo as before
    command -v greet || echo gone
    declare -F deactivate || echo no deactivate
  `;
  const { stdout, stderr, exitCode } = await sandbox.run('bash', '--norc', '-c', `PS1='$ '\n${script}`);
  const env = join(sandbox.directory, 'codefathertech');
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout.split('\n')).toEqual([
    `${env}/bin`,
    `${env}|codefathertech|(codefathertech) $ `,
    `${env}/bin/python`,
    `hello from ${env}`,
    'as before',
    'gone',
    'no deactivate',
  ]);
});

const HOSTILE = [
  "it's",
  'a "quoted" one',
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned',
  'a&&touch pwned',
  '-dash',
  'söme ünïcode 🐍',
  '%s\\n',
  'a!b',
  '#x',
  '{a,b}*?',
];

test.each(HOSTILE)('an environment named %j activates, runs pip, and runs nothing else', async (name) => {
  const sandbox = newSandbox();
  const made = await sandbox.vivarium('create', '--prompt', name, '--', name);
  expect(made).toMatchObject({ exitCode: 0 });
  const script = `. "$1/bin/activate" && printf '%s|%s\\n' "$VIRTUAL_ENV" "$VIRTUAL_ENV_PROMPT" && PS1=x: && : "\${PS1@P}" && pip --version && deactivate`;
  const { stdout, exitCode } = await sandbox.run('bash', '--norc', '-c', script, 'bash', `./${name}`);
  expect(stdout.split('\n')[0]).toBe(`${sandbox.directory}/${name}|${name}`);
  expect(stdout).toContain(`from ${join(sandbox.directory, name)}/lib`);
  expect(exitCode).toBe(0);
  expect(readdirSync(sandbox.directory)).not.toContain('pwned');
});
