// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the shells' own
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { anyPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { isThere } from './is-there.ts';

const SHELLS = ['bash', 'zsh', 'dash', 'ksh93', 'mksh', 'yash'];

function run(shell: string, script: string, env: Readonly<Record<string, string>> = {}): string {
  const flags = shell === 'zsh' ? ['-f'] : [];
  return execFileSync(shell, [...flags, '-c', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', ...env },
  });
}

for (const shell of SHELLS) {
  test.skipIf(!isThere(shell) && process.env.CI !== 'true')(
    `in ${shell} it changes places with the venv module's`,
    () => {
      const directory = temporaryDirectory();
      const [ours, theirs] = [join(directory, 'ours'), join(directory, 'theirs')];
      writeEnvironment(bash, linuxEnvironment(ours));
      execFileSync(anyPython().executable, ['-m', 'venv', '--without-pip', theirs]);
      const show = 'echo "${VIRTUAL_ENV-none} $PATH ${PS1-unset}"';
      const activate = (place: string): string => `. ${place}/bin/activate`;
      const lines = run(
        shell,
        `PS1='> '; ${show}; ${activate(theirs)}; ${activate(ours)}; ${show}; deactivate; ${show}`,
      );
      const before = 'none /usr/bin:/bin > ';
      expect(lines.split('\n')).toEqual([before, `${ours} ${ours}/bin:/usr/bin:/bin (ours) > `, before, '']);
      const others = run(shell, `PS1='> '; ${activate(ours)}; ${activate(theirs)}; ${show}; deactivate; ${show}`);
      expect(others.split('\n')).toEqual([`${theirs} ${theirs}/bin:/usr/bin:/bin (theirs) > `, before, '']);
    },
  );
}

test.each([
  ['bash', 'set +a'],
  ['dash', 'set -a'],
])('in a %s below an active one (%s) it takes the whole activation back', (shell, exporting) => {
  const directory = temporaryDirectory();
  writeEnvironment(bash, linuxEnvironment(join(directory, 'env')));
  const activate = `. ${directory}/env/bin/activate`;
  const show = 'echo "${VIRTUAL_ENV-none} $PATH"';
  const child = `${activate}; ${show}; deactivate; ${show}`;
  const lines = run('bash', `${exporting}; ${activate}; exec ${shell} -c '${child}'`).split('\n');
  const [place, own] = [join(directory, 'env'), join(directory, 'env', 'bin')];
  expect(lines).toEqual([`${place} ${own}:/usr/bin:/bin`, 'none /usr/bin:/bin', '']);
});

// go-task's shell, which takes itself for bash where it can. Go brings it, so that not every machine has it.
test.skipIf(!isThere('gosh'))('mvdan/sh activates and deactivates, also where the first failure ends it', () => {
  const directory = temporaryDirectory();
  writeEnvironment(bash, linuxEnvironment(join(directory, 'env')));
  const show = `/bin/sh -c 'echo "\${VIRTUAL_ENV-none} \${PKG_CONFIG_PATH-none} $PATH"'`;
  const activate = `. ${directory}/env/bin/activate`;
  const program = execFileSync('sh', ['-c', 'command -v gosh'], { encoding: 'utf8' }).trim();
  const lines = run(program, ['set -eu', activate, activate, show, 'deactivate', show].join('\n'));
  const place = join(directory, 'env');
  expect(lines.split('\n')).toEqual([
    `${place} ${place}/lib/pkgconfig ${place}/bin:/usr/bin:/bin`,
    'none none /usr/bin:/bin',
    '',
  ]);
});

test('virtualenvwrapper can put a function of its own around deactivate', () => {
  const directory = temporaryDirectory();
  writeEnvironment(bash, linuxEnvironment(join(directory, 'env')));
  const wrap = [
    `. ${directory}/env/bin/activate`,
    `eval "$(typeset -f deactivate | sed 's/deactivate/virtualenv_deactivate/g')"`,
    'unset -f deactivate',
    'deactivate() { virtualenv_deactivate "$@"; unset -f deactivate; echo left; }',
    'deactivate',
    'echo "${VIRTUAL_ENV-none} $PATH"',
    'typeset -f | wc -l',
  ];
  expect(run('bash', wrap.join('\n'))).toBe('left\nnone /usr/bin:/bin\n0\n');
});

for (const shell of ['dash', 'mksh', 'yash', 'posh']) {
  test.skipIf(!isThere(shell) && process.env.CI !== 'true')(`${shell} is told that the environment is gone`, () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'first'));
    writeEnvironment(bash, linuxEnvironment(join(directory, 'first', 'env')));
    renameSync(join(directory, 'first'), join(directory, 'second'));
    const script = [
      `. ${directory}/second/env/bin/activate 2>&1`,
      'echo "$? ${VIRTUAL_ENV-none} ${VIRTUAL_ENV_PROMPT-none} $PATH"',
      'set | grep -c ^_V',
      'exit 0',
    ];
    expect(run(shell, script.join('\n')).split('\n')).toEqual([
      `activate: there is no environment in ${directory}/first/env. If it was moved, this shell cannot tell where to.`,
      '1 none none /usr/bin:/bin',
      '0',
      '',
    ]);
  });
}
