import { defineOptions, resolveSettings, type SettingLayers, unknownKeys } from '@vivarium/core/host';
import { describe, expect, test } from 'vitest';

const options = defineOptions({
  creator: { type: 'string', default: 'builtin', help: '' },
  python: { type: 'specs', short: 'p', help: '' },
  activators: { type: 'list', separator: ',', help: '' },
  extraSearchDir: { type: 'paths', default: [], help: '' },
  appData: { type: 'path', help: '' },
  download: { type: 'boolean', default: false, negations: ['no-download', 'never-download'], help: '' },
  noSeed: { type: 'boolean', default: false, aliases: ['without-pip'], help: '' },
  linkMode: { type: 'choice', choices: ['auto', 'copy'], default: 'auto', help: '' },
  verbose: { type: 'count', default: 0, short: 'v', help: '' },
  symlinks: { type: 'boolean', default: false, excludes: 'executables', help: '' },
  copies: { type: 'boolean', default: false, aliases: ['always-copy'], excludes: 'executables', help: '' },
});

function resolve(layers: Partial<SettingLayers>) {
  return resolveSettings(options, { flags: {}, env: {}, files: [], cwd: '/work', ...layers });
}

const file = (values: Record<string, unknown>, more: object = {}) => ({
  path: '/etc/conf/vivarium.toml',
  prefix: '',
  values,
  isShared: false,
  ...more,
});

test('takes defaults when nothing is said', () => {
  const { values, problems, sources } = resolve({});
  expect(values).toMatchInlineSnapshot(`
    {
      "activators": undefined,
      "appData": undefined,
      "copies": false,
      "creator": "builtin",
      "download": false,
      "extraSearchDir": [],
      "linkMode": "auto",
      "noSeed": false,
      "python": undefined,
      "symlinks": false,
      "verbose": 0,
    }
  `);
  expect(problems).toEqual([]);
  expect(sources.creator.layer).toBe('default');
});

test('lets a flag beat a variable beat a file, for lists too', () => {
  const flags = { python: { flag: '-p', value: ['3.13'] } };
  const env = { VIVARIUM_PYTHON: '3.12', VIVARIUM_CREATOR: 'from-variable' };
  const files = [file({ python: ['3.11'], creator: 'from-file', 'app-data': 'first' }), file({ 'app-data': 'second' })];
  const { values, sources } = resolve({ flags, env, files });
  expect(values).toMatchObject({ python: ['3.13'], creator: 'from-variable', appData: '/etc/conf/first' });
  expect(sources.python.name).toBe('-p');
  expect(sources.creator.name).toBe('VIVARIUM_CREATOR');
  expect(sources.appData.name).toBe('vivarium.toml (app-data)');
});

test.each([
  [{ VIRTUALENV_CREATOR: 'x' }, { creator: 'x' }],
  [{ VIRTUALENV_CREATOR: 'x', VIVARIUM_CREATOR: 'y' }, { creator: 'y' }],
  [{ VIVARIUM_CREATOR: '' }, { creator: 'builtin' }],
  [{ VIRTUALENV_P: '3.12' }, { python: ['3.12'] }],
  [{ VIVARIUM_WITHOUT_PIP: 'yes' }, { noSeed: true }],
  [{ VIVARIUM_NO_DOWNLOAD: '0' }, { download: true }],
  [{ VIRTUALENV_ALWAYS_COPY: 'ON' }, { copies: true }],
  [{ VIVARIUM_VERBOSE: '3' }, { verbose: 3 }],
  [{ VIVARIUM_PYTHON: '3.11, 3.12' }, { python: ['3.11', '3.12'] }],
  [{ VIVARIUM_PYTHON: '>=3.9,<3.13' }, { python: ['>=3.9,<3.13'] }],
  [{ VIVARIUM_PYTHON: 'python3\npypy3,x' }, { python: ['python3', 'pypy3,x'] }],
  [{ VIVARIUM_EXTRA_SEARCH_DIR: 'a:/b' }, { extraSearchDir: ['/work/a', '/b'] }],
  [{ VIRTUALENV_EXTRA_SEARCH_DIR: '/a:/b\n/c' }, { extraSearchDir: ['/a', '/b', '/c'] }],
  [{ VIRTUALENV_EXTRA_SEARCH_DIR: '/a\n/b,/c:\n' }, { extraSearchDir: ['/a', '/b', '/c'] }],
  [{ VIVARIUM_PYTHON: './mine' }, { python: ['./mine'] }],
])('reads %j', (env, wanted) => {
  const { values, problems } = resolve({ env });
  expect(problems).toEqual([]);
  expect(values).toMatchObject(wanted);
});

test('splits a flag only where commas are its separator', () => {
  const flags = {
    python: { flag: '--python', value: ['>=3.9,<3.13'] },
    activators: { flag: '--activators', value: ['fish, bash', 'nushell'] },
  };
  expect(resolve({ flags }).values).toMatchObject({ python: ['>=3.9,<3.13'], activators: ['fish', 'bash', 'nushell'] });
  expect(resolve({ flags: { activators: { flag: '--activators', value: [''] } } }).values.activators).toEqual([]);
  const env = { VIRTUALENV_ACTIVATORS: 'fish,\n  bash' };
  expect(resolve({ env }).values.activators).toEqual(['fish', 'bash']);
});

test('takes keys with dashes and with underscores', () => {
  expect(resolve({ files: [file({ extra_search_dir: ['w'], no_download: true })] }).values).toMatchObject({
    extraSearchDir: ['/etc/conf/w'],
    download: false,
  });
});

test.each([['constructor'], ['toString'], [['yes']], [{ toString: 0 }], [null]])(
  'takes nothing for yes or no that does not say so: %j',
  (download) => {
    const { values, problems } = resolve({ files: [file({ download })] });
    expect(problems).toMatchObject([{ message: expect.stringContaining('expected true or false, got ') }]);
    expect(values.download).toBe(false);
  },
);

test('reports everything that is wrong at once, with source and value', () => {
  const env = { VIVARIUM_DOWNLOAD: 'perhaps', VIRTUALENV_V: 'many' };
  const files = [file({ 'link-mode': 'teleport', python: [{}], creator: true })];
  expect(resolve({ env, files }).problems.map((problem) => problem.message)).toMatchInlineSnapshot(`
    [
      "vivarium.toml (creator) can't be used: expected a string, got true (boolean)",
      "vivarium.toml (python) can't be used: expected a string, got {} (object)",
      "VIVARIUM_DOWNLOAD can't be used: expected true or false, got \`perhaps\`",
      "vivarium.toml (link-mode) can't be used: expected one of auto, copy, got \`teleport\`",
      "VIRTUALENV_V can't be used: expected a whole number, got \`many\`",
    ]
  `);
});

test('takes relative paths in a file from the directory of the file, and names as they are', () => {
  const python = ['./bin/python', '../x', '.', '3.12', 'python3', '>=3.9,<3.13', '/opt/python'];
  expect(resolve({ files: [file({ python })] }).values.python).toEqual([
    '/etc/conf/bin/python',
    '/etc/x',
    '/etc/conf',
    '3.12',
    'python3',
    '>=3.9,<3.13',
    '/opt/python',
  ]);
  const flags = { python: { flag: '-p', value: ['./bin/python'] } };
  expect(resolve({ flags }).values.python).toEqual(['./bin/python']);
});

test('lets the stronger of two that exclude each other win, and refuses both from one place', () => {
  const flag = (name: string) => ({ flag: name, value: true });
  const stronger = resolve({ flags: { symlinks: flag('--symlinks') }, env: { VIRTUALENV_COPIES: '1' } });
  expect(stronger.values).toMatchObject({ symlinks: true, copies: false });
  expect(stronger.problems).toEqual([]);
  const both = resolve({ flags: { symlinks: flag('--symlinks'), copies: flag('--always-copy') } });
  expect(both.problems.map((problem) => problem.message)).toEqual(['--symlinks and --always-copy exclude each other']);
});

test('finds keys that no one knows in our own files, not in those of others', () => {
  const tables = [file({ creater: 'x', creator: 'y' }), file({ whatever: 1 }, { isShared: true })];
  expect(unknownKeys(tables, options).map(([, key]) => key)).toEqual(['creater']);
});

describe('options of which some are resolved', () => {
  const { copies, symlinks, ...others } = options;
  const flags = {
    copies: { flag: '--copies', value: true },
    symlinks: { flag: '--symlinks', value: true },
    verbose: { flag: '-v', value: 'x' },
  };
  const layers: SettingLayers = { flags, env: { VIVARIUM_CREATOR: 'c' }, files: [], cwd: '/work' };

  test('come out as all at once', () => {
    const whole = resolveSettings(options, layers);
    expect(whole.problems).toHaveLength(2);
    expect(resolveSettings(options, layers, resolveSettings({ copies, symlinks }, layers))).toEqual({
      ...whole,
      problems: expect.toSatisfy((problems) => new Set(problems).size === 2),
    });
    const apart = resolveSettings(options, layers, resolveSettings({ ...others, copies }, layers));
    expect(apart).toEqual(whole);
  });
});
