import { readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS, INSTALLED_PYTHONS_3, sampleOf } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { findProgram } from './program.ts';
import { newSandbox } from './vivarium.ts';

const pythons = sampleOf(INSTALLED_PYTHONS);

test.each(pythons.map(({ name, executable }) => [name, executable] as const))(
  'with --relocatable an environment of Python %s is moved by mv, with pip and activation',
  async (_name, python) => {
    const sandbox = newSandbox();
    expect(await sandbox.vivarium('create', '-q', '-p', python, '--relocatable', 'old')).toMatchObject({ exitCode: 0 });
    const places = ['old', 'new', "it's $(x) ü", 'last'];
    for (const [index, name] of places.slice(1).entries()) {
      renameSync(join(sandbox.directory, places[index] ?? ''), join(sandbox.directory, name));
      const place = join(sandbox.directory, name);
      const pip = await sandbox.run(join(place, 'bin/pip'), '--version');
      expect(pip.stdout).toContain(place);
      const link = join(sandbox.directory, `link-${index}`);
      symlinkSync(join(place, 'bin/pip'), link);
      expect((await sandbox.run(link, '--version')).stdout).toContain(place);
      for (const shell of ['bash', 'zsh'].filter((one) => findProgram(one) !== undefined)) {
        const run = await sandbox.run(
          shell,
          '-c',
          '. "$0/bin/activate" && python -c "import sys; print(sys.prefix)"',
          place,
        );
        expect([shell, run.stdout]).toEqual([shell, place]);
      }
    }
  },
);

test('pyvenv.cfg says that the environment can be moved, as uv reads it, and only then', async () => {
  const sandbox = newSandbox();
  const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';
  await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', '--relocatable', 'a');
  await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', 'b');
  const [a, b] = ['a', 'b'].map((name) => readFileSync(join(sandbox.directory, name, 'pyvenv.cfg'), 'utf8'));
  expect(a).toMatch(/^relocatable = true$/m);
  expect(b).not.toContain('relocatable');
});
