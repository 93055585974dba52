import {
  defineSeeder,
  type Environment,
  inEnvironment,
  pathsOf,
  type RunStep,
  type Seeder,
  VivariumError,
} from '@vivarium/core/plugin';
import {
  findPip,
  planRemoval,
  receiptOf,
  requestSeeds,
  resolveWheels,
  type SeedWheel,
  seedOptions,
  summarizeRequests,
  triggerUpdates,
  updatable,
} from '@vivarium/wheel-resolver';
import script from './run-pip.py';

/** Installs pip, setuptools and wheel with a pip that the environment's Python runs from its wheel. */
const pip: Seeder<typeof seedOptions> = defineSeeder({
  kind: 'seeder',
  name: 'pip',
  title: 'PipInvoke',
  options: seedOptions,
  async plan(environment, settings, context) {
    const { interpreter } = environment;
    const { extraSearchDir: extraDirectories = [], download } = settings;
    const requests = requestSeeds(interpreter, settings);
    const search = { interpreter, extraDirectories, context };
    const wheels = await resolveWheels({ ...search, requests, download });
    if (settings.periodicUpdate) await triggerUpdates({ names: updatable(requests), interpreter, context });
    const installer = wheels.find(({ name }) => name === 'pip') ?? (await findPip(search));
    const { checkWheels } = await import('./check-wheels.ts');
    checkWheels(installer === undefined ? wheels : [...wheels, installer]);
    return {
      steps:
        wheels.length === 0
          ? []
          : [...(await planRemoval(environment, wheels)), install(wheels, installer, environment)],
      packages: wheels.map(receiptOf),
      summary: [
        ...(extraDirectories.length > 0 ? [['extra_search_dir', extraDirectories] as const] : []),
        ['download', download],
        ...summarizeRequests(requests),
      ],
    };
  },
});

export default pip;

function install(wheels: readonly SeedWheel[], installer: SeedWheel | undefined, environment: Environment): RunStep {
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
