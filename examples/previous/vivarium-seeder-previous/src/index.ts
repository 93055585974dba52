import { defineOptions, defineSeeder, inEnvironment, type Seeder } from '@vivarium/core/plugin';
import install from './install.py';
import { readWheels } from './read-wheels.ts';

const options = defineOptions({
  previousWheels: {
    type: 'path',
    placeholder: 'DIR',
    help: 'Directory of pure Python wheels, all of which are put into the environment.',
  },
});

/** Installs every wheel of a directory. */
const previousSeeder: Seeder<typeof options> = defineSeeder({
  kind: 'seeder',
  name: 'previous',
  title: 'PreviousSeeder',
  options,

  seeds(_environment, { previousWheels: directory }) {
    return { packages: readWheels(directory), summary: [['wheels', directory ?? '']] };
  },

  async plan({ environment, packages, getWheels }) {
    const { layout } = environment;
    const python = inEnvironment(environment, layout.executable);
    const places = [layout.scripts, layout.purelib].map((path) => inEnvironment(environment, path));
    const files = await getWheels(packages);
    return {
      steps: [
        {
          kind: 'run',
          command: [python, '-I', '-c', install, ...places, ...files],
          purpose: 'unpack the wheels',
        },
      ],
      packages: packages.map(({ name, version, sha256, origin }) => ({ name, version, sha256, origin })),
      summary: [],
    };
  },
});

export default previousSeeder;
