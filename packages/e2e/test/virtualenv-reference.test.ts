import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { INSTALLED_PYTHONS, INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { execa } from 'execa';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { type Finished, newSandbox, type Sandbox } from './vivarium.ts';

// The release whose manners ours has, run with the same arguments. What differs is in the README of the package.

const RELEASE = '21.15.11';
const directory = mkdtempSync(join(tmpdir(), 'vivarium-virtualenv-'));
const reference = join(directory, 'env/bin/virtualenv');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Installs it by pip; the answer says why it isn't there. */
async function whyMissing(): Promise<string | undefined> {
  const host = INSTALLED_PYTHONS_3.findLast(({ name }) => name.startsWith('3.11.'));
  if (host === undefined) return 'there is no Python 3.11 to install it with';
  const install = [
    '-m',
    'pip',
    'install',
    '-q',
    '--retries',
    '0',
    '--disable-pip-version-check',
    `virtualenv==${RELEASE}`,
  ];
  try {
    await execa(host.executable, ['-m', 'venv', join(directory, 'env')]);
    await execa(join(directory, 'env/bin/python'), install, { timeout: 100_000 });
    return undefined;
  } catch {
    return 'PyPI can not be reached';
  }
}

const missing = await whyMissing();

/** One run of each, in sandboxes that are alike: first theirs, then ours. */
async function both(args: readonly string[], prepare: (sandbox: Sandbox) => void = () => {}): Promise<[Side, Side]> {
  const ours = join(inject('installation'), 'node_modules/.bin/virtualenv');
  return [await side(reference, args, prepare), await side(ours, args, prepare)];
}

interface Side {
  readonly sandbox: Sandbox;
  readonly finished: Finished;
}

async function side(command: string, args: readonly string[], prepare: (sandbox: Sandbox) => void): Promise<Side> {
  // The Python that theirs is installed in is theirs without -p; ours takes the first on PATH.
  const sandbox = newSandbox({
    PATH: [join(directory, 'env/bin'), process.env.PATH].join(delimiter),
    VIRTUALENV_NO_PERIODIC_UPDATE: '1',
    VIRTUALENV_OVERRIDE_APP_DATA: join(directory, command === reference ? 'theirs' : 'ours'),
  });
  prepare(sandbox);
  return { sandbox, finished: await sandbox.run(command, ...args) };
}

const pythonOf = (minor: string) =>
  INSTALLED_PYTHONS_3.find(({ name }) => name.startsWith(`${minor}.`))?.executable ?? minor;
const keysOf = ({ sandbox }: Side) =>
  readFileSync(join(sandbox.directory, 'env/pyvenv.cfg'), 'utf8')
    .split('\n')
    .map((line) => line.split(' = ')[0]);
const valuesOf = ({ sandbox }: Side) =>
  readFileSync(join(sandbox.directory, 'env/pyvenv.cfg'), 'utf8')
    .replaceAll(sandbox.directory, '~')
    .split('\n')
    .filter((line) => !/^(command|virtualenv|vivarium) = /.test(line));
const listing = ({ sandbox }: Side, path: string) => readdirSync(join(sandbox.directory, 'env', path)).sort();
const packagesIn = (side: Side) => {
  const [python = ''] = listing(side, 'lib').filter((name) => name.startsWith('python'));
  return listing(side, `lib/${python}/site-packages`).filter(
    (name) => !/[-_.](dist-info|virtualenv|pth|py)$/.test(name),
  );
};
const reportOf = ({ sandbox, finished }: Side) =>
  finished.stdout
    .replaceAll(sandbox.directory, '~')
    .split('\n')
    // The directory for temporary files is one that others may write to.
    .filter((line) => !line.startsWith('another account can change the copied Python standard-library search path'))
    .map((line) =>
      line
        .replace(/^(created virtual environment \S+?-\d\d)(-\w+)? in \d+ms$/, '$1')
        .replace(/, via=.*\)$/, ')')
        .replaceAll(/==[\d.]+/g, ''),
    );

describe.skipIf(missing !== undefined)(
  `compared with virtualenv ${RELEASE}${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    test.each([
      ['3.9', []],
      ['3.10', ['--copies', '--clear']],
      ['3.11', ['--sys', '--prompt', 'zoo', '--no-vcs-ignore']],
      ['3.12', ['--act', 'bash,python', '--setuptools', 'bundle']],
      ['3.13', ['--no-seed', '--no-download', '--always-copy']],
      ['3.13', ['--no-setuptools', '--symlink-app-data', '--without-pip', '-q']],
    ])('with Python %s and %j both make the same', async (minor, args) => {
      const [theirs, ours] = await both(['-p', pythonOf(minor), ...args, 'env']);
      expect([ours.finished.exitCode, ours.finished.stderr]).toEqual([
        theirs.finished.exitCode,
        theirs.finished.stderr,
      ]);
      expect(listing(ours, 'bin')).toEqual(listing(theirs, 'bin'));
      expect(listing(ours, '').filter((name) => name !== 'lib64')).toEqual(listing(theirs, ''));
      expect(keysOf(ours).filter((key) => key !== 'vivarium')).toEqual(keysOf(theirs));
      expect(valuesOf(ours)).toEqual(valuesOf(theirs));
      expect(packagesIn(ours)).toEqual(packagesIn(theirs));
      expect(reportOf(ours)).toEqual(reportOf(theirs));
    });

    test.each([
      [['--version']],
      [['-h']],
      [[]],
      [['a', 'b']],
      [['--ver']],
      [['--no-p', 'env']],
      [['--no-such', 'env']],
      [['-q', '-v', 'env']],
      [['--symlinks', '--copies', 'env']],
      [['--download', '--no-download', '--no-such', 'env']],
      [['--creator', 'nosuch', 'env']],
      [['--seeder', 'nosuch', 'env']],
      [['--discovery', 'nosuch', 'env']],
      [['--activators', 'nosuch', 'env']],
      [['--symlink-app-data', '--seeder', 'pip', 'env']],
      [['--prompt']],
      [['--extra-search-dir', '--no-seed', 'env']],
      [['a:b']],
      [['file']],
      [['-p', '3.99', 'env']],
      [['-p', '/nowhere/python', 'env']],
      [['--no-seed', 'full']],
      [['--no-seed', '--', '-env']],
      [['--no-seed', '--clear', 'link']],
      [['--no-seed', 'link']],
      [['.venv']],
      [['--venv-redirect', '--no-venv-redirect', '--no-seed', 'env']],
      [['-vq']],
    ])('%j ends both with the same status', async (args) => {
      const [theirs, ours] = await both(args, (sandbox) => {
        writeFileSync(join(sandbox.directory, 'file'), '');
        mkdirSync(join(sandbox.directory, 'full'));
        writeFileSync(join(sandbox.directory, 'full/file'), '');
        symlinkSync('full', join(sandbox.directory, 'link'));
        writeFileSync(join(sandbox.directory, '.venv'), 'elsewhere\n');
      });
      expect({ exitCode: ours.finished.exitCode, told: ours.finished.stderr }).toMatchObject({
        exitCode: theirs.finished.exitCode,
      });
    });

    for (const minor of ['2.7', '3.6', '3.7', '3.8']) {
      const python = INSTALLED_PYTHONS.find(({ name }) => name.startsWith(`${minor}.`));
      test.skipIf(python === undefined)(
        `Python ${minor}, which virtualenv seeds no more, is still served`,
        async () => {
          const [theirs, ours] = await both(['-p', python?.executable ?? '', 'env']);
          expect([theirs.finished.exitCode, ours.finished.exitCode]).toEqual([1, 0]);
        },
      );
    }

    const project = (sandbox: Sandbox): void => writeFileSync(join(sandbox.directory, 'pyproject.toml'), '');
    const withRedirect =
      (content: string) =>
      (sandbox: Sandbox): void => {
        project(sandbox);
        writeFileSync(join(sandbox.directory, '.venv'), content);
      };

    test.each<[title: string, args: readonly string[], prepare: (sandbox: Sandbox) => void]>([
      ['nothing else', [], () => {}],
      ['nothing else, forced', ['--venv-redirect'], () => {}],
      ['a project', [], project],
      ['a project, refused', ['--no-venv-redirect'], project],
      ['a redirect to elsewhere', [], withRedirect('elsewhere\n')],
      ['a redirect to elsewhere, forced', ['--venv-redirect'], withRedirect('elsewhere\n')],
      ['a redirect to no environment, forced', ['--venv-redirect'], withRedirect('.\n')],
      ['an empty file, forced', ['--venv-redirect'], withRedirect('')],
    ])('next to %s both write the same redirect', async (_title, args, prepare) => {
      const sides = await both(['--no-seed', ...args, 'env'], prepare);
      const [theirs, ours] = sides.map(({ sandbox }) => {
        const file = join(sandbox.directory, '.venv');
        return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
      });
      expect(ours).toBe(theirs);
    });

    test('both move a redirect of their own to the environment that is created last', async () => {
      for (const command of [reference, join(inject('installation'), 'node_modules/.bin/virtualenv')]) {
        const { sandbox } = await side(command, ['--no-seed', '--venv-redirect', 'one'], () => {});
        await sandbox.run(command, '--no-seed', '--venv-redirect', 'two');
        expect([command, readFileSync(join(sandbox.directory, '.venv'), 'utf8')]).toEqual([command, 'two\n']);
      }
    });

    test.each([
      { VIRTUALENV_PROMPT: 'zoo', VIRTUALENV_NO_SEED: 'yes', VIRTUALENV_ACTIVATORS: 'bash' },
      { VIRTUALENV_WITHOUT_PIP: 'true', VIRTUALENV_SYSTEM_SITE_PACKAGES: '1', VIRTUALENV_CLEAR: 'perhaps' },
      { VIRTUALENV_NO_SEED: '1', VIRTUALENV_SYMLINKS: '0', VIRTUALENV_ALWAYS_COPY: 'on', VIRTUALENV_WHEEL: 'bundle' },
      { VIRTUALENV_NO_SEED: '1', VIRTUALENV_VENV_REDIRECT: '0' },
      { VIRTUALENV_CONFIG_FILE: 'some.ini', VIRTUALENV_ACTIVATORS: '' },
    ])('%j means the same to both', async (variables) => {
      const words = Object.entries(variables).map((entry) => entry.join('='));
      const commands = [reference, join(inject('installation'), 'node_modules/.bin/virtualenv')];
      const sides: Side[] = [];
      for (const command of commands) {
        sides.push(
          await side('env', [...words, command, 'env'], (sandbox) => {
            writeFileSync(
              join(sandbox.directory, 'some.ini'),
              '[virtualenv]\nno_seed = true\nprompt = 100%% zoo\nactivators = fish,\n  bash\n',
            );
          }),
        );
      }
      const [theirs, ours] = sides as [Side, Side];
      expect(ours.finished.exitCode).toBe(theirs.finished.exitCode);
      expect(valuesOf(ours)).toEqual(valuesOf(theirs));
      expect(listing(ours, 'bin')).toEqual(listing(theirs, 'bin'));
    });
  },
);
