import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { describe, expect, test } from 'vitest';
import { extensionProject } from '../extension-project.ts';
import { findProgram } from '../program.ts';
import { hasSeedWheels } from '../seed-wheels.ts';
import { newSandbox, type Sandbox } from '../vivarium.ts';
import { isWhole, supportedPythons } from './creators.ts';

// An environment that was moved or cloned is used as one that was created there: activated, by its pip, by its commands.

interface Kind {
  readonly kind: string;
  readonly python: string;
  readonly options: readonly string[];
}

const python3 = supportedPythons.at(-1)?.executable ?? 'python3';
const KINDS: readonly Kind[] = [
  { kind: 'with copies', python: python3, options: ['--copies'] },
  { kind: 'whose seeds are links to the cache', python: python3, options: ['--link-mode', 'symlink'] },
  { kind: 'as it is by default', python: python3, options: [] },
  { kind: 'of Python 2.7', python: wantedPython('2.7.18').executable, options: [] },
  { kind: 'of Python 2.7 with copies', python: wantedPython('2.7.18').executable, options: ['--copies'] },
];
// Python 2.7 reads paths as the locale has them, and its pip is of an age that minds.
const NAMES = ['with space', 'it\'s "$(touch x)" `touch y`; $HOME', '%20 #&!\\n{1}*'];

const everything = (['move', 'clone'] as const).flatMap((action) =>
  KINDS.flatMap(({ kind, ...one }) => NAMES.map((name) => ({ action, name, kind, ...one }))),
);
const combinations = isWhole
  ? everything
  : everything.filter(({ action, name }) => action === 'clone' && name === NAMES[1]).slice(0, 1);

/** How each shell activates the environment that is its first argument, and uses it. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc', '-c', '. "$1/bin/activate" && python -c "$2" && pip --version && nearby && ask', 'bash'],
  zsh: ['-f', '-c', '. "$1/bin/activate" && python -c "$2" && pip --version && nearby && ask', 'zsh'],
  fish: [
    ...['--no-config', '-c'],
    'source $argv[1]/bin/activate.fish; and python -c $argv[2]; and pip --version; and nearby; and ask',
  ],
};
const shells = Object.entries(SHELLS).filter(
  ([shell]) => findProgram(shell) !== undefined || process.env.CI === 'true',
);

describe.skipIf(!hasSeedWheels())(
  'an editable installation and an extension module in C (needs the seed wheels)',
  () => {
    test.each(combinations)('$action to `$name` an environment $kind', async ({ action, name, python, options }) => {
      const sandbox = newSandbox({ PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INDEX: '1' });
      const made = await sandbox.vivarium('create', '-p', python, ...options, '--setuptools', 'bundle', 'old');
      expect(made).toMatchObject({ exitCode: 0 });
      const [old, place] = [join(sandbox.directory, 'old'), join(sandbox.directory, name)];
      await install(sandbox, old);

      const relocated = await sandbox.vivarium(action, 'old', name);
      expect({ exitCode: relocated.exitCode, said: relocated.exitCode === 0 ? '' : relocated.stderr }).toEqual({
        exitCode: 0,
        said: '',
      });
      expect(existsSync(old)).toBe(action === 'clone');
      for (const environment of action === 'clone' ? [place, old] : [place]) {
        for (const [shell, args] of shells) {
          const { stdout, stderr } = await sandbox.run(shell, ...args, environment, 'import sys; print(sys.prefix)');
          const [prefix, pip, nearby, ask] = stdout.split('\n');
          expect({ shell, prefix, nearby, ask, stderr: stdout === '' ? stderr : '' }).toEqual({
            shell,
            prefix: environment,
            nearby: `nearby in ${environment}`,
            ask: `42 in ${environment}`,
            stderr: '',
          });
          expect(pip).toContain(`from ${environment}/lib/`);
        }
        // What pip installs later is in the new place too.
        const again = await sandbox.run(join(environment, 'bin/python'), '-m', 'pip', 'uninstall', '-y', 'answer');
        expect(again).toMatchObject({ exitCode: 0 });
        expect(existsSync(join(environment, 'bin/ask'))).toBe(false);
      }
      const { stdout } = await sandbox.vivarium('doctor', '--json', place);
      const codes = JSON.parse(stdout).environments[0].findings.map((one: { code: string }) => one.code);
      expect(codes.filter((code: string) => code !== 'BASE_END_OF_LIFE' && code !== 'SEED_VULNERABLE')).toEqual([]);
      expect(existsSync(join(sandbox.directory, 'x')) || existsSync(join(sandbox.directory, 'y'))).toBe(false);
    });
  },
);

async function install(sandbox: Sandbox, environment: string): Promise<void> {
  const nearby = join(sandbox.directory, 'nearby');
  mkdirSync(nearby);
  writeFileSync(join(nearby, 'nearby.py'), 'import sys\n\n\ndef main():\n    print("nearby in %s" % sys.prefix)\n');
  writeFileSync(
    join(nearby, 'setup.py'),
    [
      'from setuptools import setup',
      'setup(name="nearby", version="1.0", py_modules=["nearby"],',
      '      entry_points={"console_scripts": ["nearby = nearby:main"]})',
      '',
    ].join('\n'),
  );
  const project = extensionProject(sandbox.directory, 'setuptools');
  const words = ['-m', 'pip', 'install', '-q', '--no-build-isolation', project, '--editable', nearby];
  const { exitCode, stderr } = await sandbox.run(join(environment, 'bin/python'), ...words);
  expect({ exitCode, said: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, said: '' });
}
