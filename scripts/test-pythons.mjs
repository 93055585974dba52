// `npm run test:pythons`: the creators' tests over Pythons that are laborious to bring: a free-threaded one, a debug
// build, newer ones of Debian, PyPy of another layout, GraalPy. They are fetched, or built, once.
import { bringPythons, QUICK_PYTHONS, SLOW_PYTHONS } from './further-pythons.mjs';
import { run, setUp } from './set-up.mjs';

setUp();
const { variable, lines } = bringPythons({ ...QUICK_PYTHONS, ...SLOW_PYTHONS });
for (const line of lines) process.stdout.write(`${line}\n`);

const creators = ['cpython-posix', 'venv', 'pypy', 'graalpy', 'rustpython'].map((name) => `@vivarium/creator-${name}`);
const titles = lines.map((line) => line.split(' ')[0].replaceAll('.', '\\.')).join('|');
const filters = [...creators, '@vivarium/e2e'].map((name) => `--filter=${name}`);
const wanted = ['compare-with-venv', 'real', 'extension', '-t', `(?:${titles})`];
// GraalPy on a Java virtual machine takes half a minute to start.
const patience = ['--testTimeout=900000', '--hookTimeout=900000'];
const env = { VIVARIUM_PYTHONS: variable, VIVARIUM_DISCOVERY_TIMEOUT: '120' };
process.exit(run('pnpm', [...filters, '--no-bail', 'run', 'test', ...wanted, ...patience], { env }));
