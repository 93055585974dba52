import {
  type Context,
  defineSeeder,
  type Environment,
  inEnvironment,
  pathsOf,
  type RunStep,
  type Seeder,
  VivariumError,
} from '@vivarium/core/plugin';
import {
  chooseSeeds,
  findPip,
  outOfArchive,
  planRemoval,
  receiptOf,
  type SeedSettings,
  type SeedWheel,
  seedOptions,
  type WheelToRead,
} from '@vivarium/wheel-resolver';
import script from './run-pip.py';

/** Installs packages with a pip that the environment's Python runs from its wheel. */
const pip: Seeder<typeof seedOptions> = defineSeeder({
  kind: 'seeder',
  name: 'pip',
  title: 'PipInvoke',
  options: seedOptions,
  seeds: (environment, settings, context) => chooseSeeds(environment, settings, context),
  async plan({ environment, packages, mode, settings, context, getWheels }) {
    if (packages.length === 0) return { steps: [], packages: [], summary: [] };
    const paths = await getWheels(packages);
    const wheels = packages.map(({ name, sha256 }, index) => ({ name, sha256, path: paths[index] as string }));
    const installer = wheels.find(({ name }) => name === 'pip') ?? (await findOtherPip(environment, settings, context));
    const { checkWheels } = await import('./check-wheels.ts');
    await checkWheels(installer === undefined ? wheels : [...wheels, installer], context.pause);
    return {
      steps: [
        ...(await planRemoval({ environment, packages, mode }, context.pause)),
        install(
          await Promise.all(wheels.map(readable)),
          installer === undefined ? undefined : await readable(installer),
          environment,
        ),
      ],
      packages: packages.map(receiptOf),
      summary: [],
    };

    async function readable(wheel: WheelToRead): Promise<Wheel> {
      return { path: await outOfArchive(wheel, context.cache) };
    }
  },
});

function findOtherPip({ interpreter }: Environment, settings: SeedSettings, context: Context) {
  const { extraSearchDir: extraDirectories = [], seedWheels } = settings;
  return findPip({ interpreter, extraDirectories, seedWheels, context });
}

export default pip;

type Wheel = Pick<SeedWheel, 'path'>;

function install(wheels: readonly Wheel[], installer: Wheel | undefined, environment: Environment): RunStep {
  if (installer === undefined) {
    throw new VivariumError('SEED_NOT_FOUND', 'No wheel of pip is available to install the seed packages with', {
      hint: 'Name a directory that holds one with --extra-search-dir.',
    });
  }
  const { interpreter, layout } = environment;
  // A wheel of pip is also a program: Python runs it without installing it. Neither the user's variables and packages
  // nor pip's configuration decide where it installs to: the script takes them away.
  const executable = inEnvironment(environment, layout.executable);
  const program = pathsOf(interpreter).join(installer.path, 'pip');
  return {
    kind: 'run',
    // It installs into an environment that is not yet where it will be: what it writes into commands is told apart.
    place: 'staging',
    command: [
      executable,
      '-E',
      '-s',
      '-c',
      script,
      `executable=${executable}`,
      program,
      '--isolated',
      'install',
      ...INSTALL,
      ...wheels.map(({ path }) => path),
    ],
    // Python itself reads it on macOS, whatever its flags.
    env: { __PYVENV_LAUNCHER__: null },
    purpose: 'install the seed packages with pip',
  };
}

// What is to be installed is given whole, so nothing is looked up. What the environment has already, or with
// --system-site-packages its base, makes no difference.
const INSTALL = [
  '--quiet',
  '--no-index',
  '--no-deps',
  '--force-reinstall',
  '--disable-pip-version-check',
  '--no-input',
];
