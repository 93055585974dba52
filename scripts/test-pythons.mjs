// `npm run test:pythons`: what is repeated over Pythons, over all of them and not the sample of `npm test`, also over
// those that are laborious to bring: a free-threaded one, a debug build, newer ones of Debian, PyPy of another layout,
// GraalPy. They are fetched, or built, once.
import { bringPythons, QUICK_PYTHONS, SLOW_PYTHONS } from './further-pythons.mjs';
import { run, setUp, tool } from './set-up.mjs';

setUp();
const { variable, lines } = bringPythons({ ...QUICK_PYTHONS, ...SLOW_PYTHONS });
for (const line of lines) process.stdout.write(`${line}\n`);

const FILES = [
  'compare-with-venv',
  'real',
  'renewed',
  'every-python',
  'extension',
  'virtualenv.test',
  'seeds',
  'image',
  'seeder-pip/test/index',
];
const PROJECTS = ['creator-*', 'seeder-*', 'e2e'].flatMap((name) => ['--project', `@vivarium/${name}`]);
// GraalPy on a Java virtual machine takes half a minute to start.
const patience = ['--testTimeout=900000', '--hookTimeout=900000'];
const env = { VIVARIUM_PYTHONS: variable, VIVARIUM_DISCOVERY_TIMEOUT: '120', VIVARIUM_TEST_MATRIX: 'full' };
process.exit(run(tool('vitest'), ['run', ...PROJECTS, ...patience, ...FILES], { env }));
