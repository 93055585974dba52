import { readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS, INSTALLED_PYTHONS_3, sampleOf } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { findProgram } from './program.ts';
import { newDesk } from './vivarium.ts';

const pythons = sampleOf(INSTALLED_PYTHONS);

test.each(pythons.map(({ name, executable }) => [name, executable] as const))(
  'with --relocatable an environment of Python %s is moved by mv, with pip and activation',
  async (_name, python) => {
    const desk = newDesk();
    expect(await desk.vivarium('create', '-q', '-p', python, '--relocatable', 'old')).toMatchObject({ exitCode: 0 });
    const places = ['old', 'new', "it's $(x) ü", 'last'];
    for (const [index, name] of places.slice(1).entries()) {
      renameSync(join(desk.directory, places[index] ?? ''), join(desk.directory, name));
      const place = join(desk.directory, name);
      const pip = await desk.run(join(place, 'bin/pip'), '--version');
      expect(pip.stdout).toContain(place);
      const link = join(desk.directory, `link-${index}`);
      symlinkSync(join(place, 'bin/pip'), link);
      expect((await desk.run(link, '--version')).stdout).toContain(place);
      for (const shell of ['bash', 'zsh'].filter((one) => findProgram(one) !== undefined)) {
        const run = await desk.run(
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
  const desk = newDesk();
  const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';
  await desk.vivarium('create', '-q', '-p', python, '--no-seed', '--relocatable', 'a');
  await desk.vivarium('create', '-q', '-p', python, '--no-seed', 'b');
  const [a, b] = ['a', 'b'].map((name) => readFileSync(join(desk.directory, name, 'pyvenv.cfg'), 'utf8'));
  expect(a).toMatch(/^relocatable = true$/m);
  expect(b).not.toContain('relocatable');
});
