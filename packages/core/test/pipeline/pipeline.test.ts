import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Activator,
  applyPlan,
  type Creator,
  fillScript,
  type Plan,
  reportLines,
  type Seeder,
} from '@vivarium/core/host';
import { printable, readConfiguration } from '@vivarium/core/internal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOneLine } from '../../src/pyvenv-cfg/one-line.ts';
import { contentOf, testDirectory } from '../directory.ts';
import { cpython312 } from '../example.ts';
import { activator, creator, plan } from './plan.ts';

test('puts together what the plugins answer', async () => {
  const { steps, environment, ...rest } = await plan({ destination: '/projects/zoo/env' });
  expect(steps.map((step) => ('path' in step ? `${step.kind} ${step.path}` : step.kind))).toEqual([
    'symlink bin/python',
    'file pyvenv.cfg',
    'file CACHEDIR.TAG',
    'file .gitignore',
    'file bin/activate',
  ]);
  expect(steps[1]).toMatchInlineSnapshot(`
    {
      "contents": "home = /opt/python/bin
    implementation = Plain
    python-version = 3.12
    version_info = 3.12.1.final.0
    version = 3.12.1
    executable = /opt/python/bin/python3.12
    command = vivarium create /projects/zoo/env
    vivarium = 1.2.3
    include-system-site-packages = false
    base-prefix = /opt/python
    base-exec-prefix = /opt/python
    base-executable = /opt/python/bin/python3
    extra = yes
    ",
      "kind": "file",
      "path": "pyvenv.cfg",
    }
  `);
  expect(environment.prompt).toBeUndefined();
  expect(rest.mode).toBe('create');
});

test('leaves .gitignore out and writes the prompt when it is told to', async () => {
  const { steps, environment } = await plan({ flags: { noVcsIgnore: true, prompt: '.', systemSitePackages: true } });
  expect(steps.some((step) => 'path' in step && step.path === '.gitignore')).toBe(false);
  expect(environment.prompt).toBe('zoo');
  expect(JSON.stringify(steps)).toContain('prompt = \\"zoo\\"\\ninclude-system-site-packages = true');
});

test('takes the first creator that says yes, and gives every reason when none does', async () => {
  const no = (name: string): Creator => ({ ...creator, name, supports: () => ({ reason: `it is ${name}` }) });
  expect((await plan({ creators: [no('picky'), creator] })).creator.name).toBe('plain');
  await expect(plan({ creators: [no('picky'), no('choosy')] })).rejects.toMatchObject({
    code: 'CREATOR_NOT_FOUND',
    message: expect.stringContaining('picky: it is picky; choosy: it is choosy'),
  });
});

test('leaves one activator out that can not serve the environment', async () => {
  const shy: Activator = { ...activator, name: 'shy', supports: () => ({ reason: 'the name is odd' }) };
  const made = await plan({ activators: [shy, activator] });
  expect(made.activators.map(({ name }) => name)).toEqual(['sh']);
  expect(made.skippedActivators).toEqual([{ name: 'shy', reason: 'the name is odd' }]);
});

test.each(['../outside', '/etc/passwd', 'bin/../../x', 'C:/x', 'bin\\x', '', 'a\0b'])(
  'refuses a step at %j and blames the creator',
  async (path) => {
    const bad: Creator = {
      ...creator,
      plan: () => ({
        layout: { ...cpython312.scheme, executable: 'x' },
        steps: [{ kind: 'file', path, contents: '' }],
      }),
    };
    await expect(plan({ creators: [bad] })).rejects.toMatchObject({
      code: 'PLUGIN_ANSWER_INVALID',
      message: expect.stringContaining('`plain`'),
    });
  },
);

test.each(['../activate', 'a/b', '..', ''])('refuses a script named %j and blames the activator', async (name) => {
  const bad: Activator = { ...activator, scripts: () => [{ name, contents: '' }] };
  await expect(plan({ activators: [bad] })).rejects.toMatchObject({
    code: 'PLUGIN_ANSWER_INVALID',
    message: expect.stringContaining('`sh`'),
  });
});

const layout = { ...cpython312.scheme, executable: 'bin/python' };
const seeding = { steps: [], packages: [], summary: [] };

// What a plugin without types can answer. Each is blamed on it by name, before anything is written.
test.each<[string, object]>([
  ['supports', { supports: () => false }],
  ['supports', { supports: () => undefined }],
  ['supports', { supports: async () => true }],
  ['scripts', { scripts: () => undefined }],
  ['scripts', { scripts: () => 'activate' }],
  ['scripts', { scripts: () => [null] }],
  ['scripts', { scripts: () => [{ name: 'a' }] }],
  ['scripts', { scripts: () => [{ name: 7, contents: '' }] }],
  ['scripts', { scripts: () => [{ name: 'a', contents: Buffer.from('x') }] }],
  ['scripts', { scripts: () => [{ name: 'python', contents: '' }] }],
])('refuses what an activator answers to %s: %o', async (_, answer) => {
  const bad = { ...activator, ...answer } as Activator;
  await expect(plan({ activators: [bad] })).rejects.toMatchObject({
    code: 'PLUGIN_ANSWER_INVALID',
    message: expect.stringMatching(/^The activator `sh` answered /),
  });
});

test.each<[unknown]>([
  [undefined],
  [{}],
  [{ layout, steps: {} }],
  [{ layout: { ...layout, scripts: '../bin' }, steps: [] }],
  [{ layout: { ...layout, executable: undefined }, steps: [] }],
  [{ layout, steps: [null] }],
  [{ layout, steps: [{ kind: 'toString', path: 'x' }] }],
  [{ layout, steps: [{ kind: 'file', path: 'x' }] }],
  [{ layout, steps: [{ kind: 'file', path: 'x', contents: '', existing: 'burn' }] }],
  [{ layout, steps: [{ kind: 'symlink', path: 'x' }] }],
  [{ layout, steps: [{ kind: 'copy', path: 'x', source: 5 }] }],
  [{ layout, steps: [{ kind: 'tree', path: 'x', source: '/c', directories: [], files: 'all', link: ['copy'] }] }],
  [{ layout, steps: [{ kind: 'tree', path: 'x', source: '/c', directories: [], files: ['../y'], link: ['copy'] }] }],
  [{ layout, steps: [{ kind: 'run', command: 'rm -rf /', purpose: 'x' }] }],
  [{ layout, steps: [], configuration: [['a']] }],
  [{ layout, steps: [], uncertain: 1 }],
])('refuses what a creator plans: %o', async (answer) => {
  await expect(plan({ creators: [{ ...creator, plan: () => answer } as Creator] })).rejects.toMatchObject({
    code: 'PLUGIN_ANSWER_INVALID',
    message: expect.stringMatching(/^The creator `plain` answered /),
  });
});

test.each<[unknown]>([
  [null],
  [{ ...seeding, steps: undefined }],
  [{ ...seeding, packages: 'pip' }],
  [{ ...seeding, packages: [{ name: 'pip' }] }],
  [{ ...seeding, summary: [['pip']] }],
])('refuses what a seeder plans: %o', async (answer) => {
  const bad = { kind: 'seeder', name: 'bad', title: 'Bad', plan: () => answer } as unknown as Seeder;
  await expect(plan({ seeder: bad })).rejects.toMatchObject({
    code: 'PLUGIN_ANSWER_INVALID',
    message: expect.stringMatching(/^The seeder `bad` answered /),
  });
});

test('says which plugin threw, doing what, and keeps the cause', async () => {
  const cause = new TypeError('x is not a function');
  const bad: Creator = {
    ...creator,
    plan: () => {
      throw cause;
    },
  };
  await expect(plan({ creators: [bad] })).rejects.toMatchObject({
    code: 'PLUGIN_FAILED',
    message: 'The creator `plain` could not plan the environment: x is not a function',
    cause,
  });
});

test.each(['\n', '\r', '\u000b', '\u001d', '\u0085', '\u2028'])(
  'refuses %j in a prompt, that would begin a line of pyvenv.cfg',
  async (lineBreak) => {
    await expect(plan({ flags: { prompt: `a${lineBreak}include-system-site-packages = true` } })).rejects.toMatchObject(
      {
        code: 'PYVENV_CFG_INVALID',
        exitCode: 2,
      },
    );
  },
);

test('names in pyvenv.cfg the program whose place it takes too', async () => {
  const inPlaceOf = { name: 'virtualenv', version: '21.7.0+vivarium.1.2.3' };
  const { steps } = await plan({
    destination: '/zoo/env',
    tool: { name: 'vivarium', version: '1.2.3', inPlaceOf },
  });
  expect(steps.find((step) => step.kind === 'file' && step.path === 'pyvenv.cfg')).toMatchObject({
    contents: expect.stringContaining(
      'command = virtualenv /zoo/env\nvivarium = 1.2.3\nvirtualenv = 21.7.0+vivarium.1.2.3\n',
    ),
  });
});

test.each([
  ['that was asked for', { prompt: 'a\u001b[31m\u009b1m\u202eb' }, 'env'],
  ['that is the name of the destination', {}, 'a\u001b[31m\u009b1m\u202eb'],
])('a prompt %s holds nothing that a terminal obeys', async (_, flags, name) => {
  const { environment } = await plan({ flags, destination: `/srv/${name}` });
  expect(environment).toMatchObject({
    destination: `/srv/${name}`,
    prompt: 'a\\u001b[31m\\u009b1m\\u202eb',
  });
});

test('writes a pyvenv.cfg that reads back, whatever the prompt', async () => {
  const directory = testDirectory();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (prompt) => {
      fc.pre(isOneLine(prompt) && prompt.isWellFormed() && prompt !== '.');
      const { steps } = await plan({ flags: { prompt } });
      const step = steps.find((candidate) => candidate.kind === 'file' && candidate.path === 'pyvenv.cfg');
      writeFileSync(join(directory, 'pyvenv.cfg'), step?.kind === 'file' ? step.contents : '');
      expect(readConfiguration(join(directory, 'pyvenv.cfg')).prompt).toBe(printable(prompt));
    }),
    { numRuns: 50 },
  );
});

test('an environment that answers otherwise than planned is not believed, and taken away', async () => {
  const directory = testDirectory();
  const bases = { systemExecutable: '/usr/bin/env', realExecutable: '/usr/bin/env' };
  const made = await plan({
    destination: join(directory, 'env'),
    interpreter: { ...cpython312, ...bases },
    flags: { verify: true },
  });
  expect(made.steps.at(-1)).toMatchObject({ kind: 'run', purpose: expect.stringContaining('verify') });
  const failure = await applyPlan(made).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'PROCESS_FAILED',
    message: expect.stringContaining(join(directory, 'env/bin/')),
  });
  // Neither it nor what was printed names the directory that is gone.
  expect(JSON.stringify(failure)).not.toContain('.vivarium-');
  expect(contentOf(directory)).toEqual({});
});

test('fills a script in one pass, quoted, and forgets no placeholder', () => {
  const quote = (value: string) => `<${value}>`;
  const script = 'a=__VIVARIUM_A__ b=__VIVARIUM_B_C__';
  expect(fillScript(script, { A: '__VIVARIUM_B_C__', B_C: '$&' }, quote)).toBe('a=<__VIVARIUM_B_C__> b=<$&>');
  expect(() => fillScript(script, { A: '' }, quote)).toThrow('There is no value for __VIVARIUM_B_C__');
});

test('makes plain data: a plan survives JSON', async () => {
  const made = await plan();
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
});

test('reports as virtualenv does', async () => {
  const made = await plan({ destination: '/projects/zoo/env' });
  const seeded: Plan = {
    ...made,
    seeder: {
      name: 'app-data',
      title: 'FromAppData',
      summary: [
        ['download', false],
        ['pip', 'bundle'],
      ],
      packages: [
        { name: 'wheel', version: '0.42.0', sha256: '', origin: '' },
        { name: 'pip', version: '24.0', sha256: '', origin: '' },
      ],
    },
    steps: [{ kind: 'tree', path: 'lib', source: '/c', directories: [], files: ['a'], link: ['copy'] }],
  };
  const applied = { linkModes: ['hardlink'], leftovers: [] } as const;
  expect(reportLines({ plan: seeded, applied, milliseconds: 45.4, cacheDirectory: '/cache' })).toEqual([
    'created virtual environment CPython3.12.1.final.0-64 in 45ms',
    '  creator Plain(dest=/projects/zoo/env, clear=False, no_vcs_ignore=False, venv_redirect=None, global=False)',
    '  seeder FromAppData(download=False, pip=bundle, via=hardlink, app_data_dir=/cache)',
    '    added seed packages: pip==24.0, wheel==0.42.0',
    '  activators ShActivator',
  ]);
});
