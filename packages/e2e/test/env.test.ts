import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { findNushell, findProgram } from './program.ts';
import { newSandbox, vivariumCommand } from './vivarium.ts';

const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';
const NAME = 'it\'s "$(touch x)" `y` !z ü';
const SHOW =
  'import os, sys; print(sys.prefix); print(os.environ["VIRTUAL_ENV_PROMPT"]); print("PYTHONHOME" in os.environ)';

/** How each shell reads what `vivarium env` prints, as a script. */
const SHELLS: Readonly<Record<string, { readonly program: string | undefined; readonly text: string }>> = {
  bash: { program: findProgram('bash'), text: 'eval "$("$VIVARIUM" env "$ENV" --shell bash)"; python -c "$SHOW"' },
  zsh: { program: findProgram('zsh'), text: 'eval "$("$VIVARIUM" env "$ENV" --shell zsh)"; python -c "$SHOW"' },
  sh: { program: findProgram('dash'), text: 'eval "$("$VIVARIUM" env "$ENV" --shell sh)"; python -c "$SHOW"' },
  fish: { program: findProgram('fish'), text: '$VIVARIUM env $ENV --shell fish | source; python -c $SHOW' },
  tcsh: { program: findProgram('tcsh'), text: 'eval `$VIVARIUM:q env $ENV:q --shell tcsh`; python -c $SHOW:q' },
  nu: {
    program: findNushell(),
    text: '^$env.VIVARIUM env $env.ENV --json | from json | get variables | transpose name value | where value != null | transpose --header-row --as-record | load-env; hide-env --ignore-errors PYTHONHOME; ^python -c $env.SHOW',
  },
};

for (const [shell, { program, text }] of Object.entries(SHELLS)) {
  test.skipIf(program === undefined)(
    `${shell} reads what env prints, whatever the name is${program === undefined ? ` (no ${shell} here)` : ''}`,
    async () => {
      const sandbox = newSandbox();
      // tcsh takes ! for the history also here.
      const name = shell === 'tcsh' ? NAME.replace('!', '') : NAME;
      await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', name);
      const env = { ...sandbox.env, VIVARIUM: vivariumCommand(), ENV: name, SHOW, PYTHONHOME: '/nowhere' };
      const options = { cwd: sandbox.directory, env, extendEnv: false, reject: false, stdin: 'ignore' } as const;
      const flags =
        shell === 'fish'
          ? ['--no-config']
          : shell === 'tcsh'
            ? ['-f']
            : shell === 'zsh'
              ? ['-f']
              : shell === 'nu'
                ? ['-n']
                : [];
      const { stdout, stderr } = await execa(program ?? shell, [...flags, '-c', text], options);
      expect({ stdout, stderr }).toEqual({ stdout: `${sandbox.directory}/${name}\n${name}\nFalse`, stderr: '' });
    },
  );
}

test('env says with --json what is set and unset, and takes a redirect', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', '--prompt', 'zoo', '--central', 'kept');
  const { stdout } = await sandbox.vivarium('env', '.venv', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'env',
    environment: `${sandbox.directory}/data/vivarium-environments/kept`,
    variables: { VIRTUAL_ENV_PROMPT: 'zoo', PYTHONHOME: null },
  });
});

test.each([
  [[], 2],
  [['gone'], 2],
  [['a', 'b'], 2],
  [['--shell', 'nope', 'a'], 2],
])('env %j is an error', async (words, exitCode) => {
  expect(await newSandbox().vivarium('env', ...words)).toMatchObject({ exitCode, stdout: '' });
});
