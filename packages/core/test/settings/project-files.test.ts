import { type ConfigTable, coreOptions, defineOptions, projectRules, resolveSettings } from '@vivarium/core/host';
import { readSpec } from '@vivarium/core/internal';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const options = defineOptions({
  ...coreOptions,
  pip: { type: 'string', allowedInProject: 'package-version', help: '' },
  extraSearchDir: { type: 'paths', help: '' },
  download: { type: 'boolean', default: false, negations: ['no-download'], help: '' },
});

function inProject(values: Record<string, unknown>, more: Partial<ConfigTable> = { isProject: true }) {
  const table = { path: '/p/pyproject.toml', prefix: 'tool.vivarium.', values, isShared: false, ...more };
  return resolveSettings(options, { flags: {}, env: {}, files: [table], cwd: '/p' });
}

describe("a project's file", () => {
  test.each([
    [{ python: '3.12' }],
    [{ python: ['>=3.9,<3.13', 'pypy3.10', 'cpython-3.12.1-linux-x86_64-gnu'] }],
    [{ prompt: 'mine' }],
    [{ 'system-site-packages': true }],
    [{ pip: '24.0' }],
    [{ pip: '>=23, <25' }],
    [{ pip: 'bundle' }],
    [{ activators: ['bash', 'fish'] }],
    [{ no_vcs_ignore: true }],
    [{ copies: true }],
  ])('may set %j', (values) => {
    expect(inProject(values).problems).toEqual([]);
  });

  test.each([
    [{ python: './x.sh' }],
    [{ python: ['3.12', 'x.sh'] }],
    [{ python: '/usr/bin/python3' }],
    [{ python: 'my-python' }],
    [{ python: '.' }],
    [{ python: '..\\x' }],
    [{ pip: './pip-99.0-py3-none-any.whl' }],
    [{ pip: '@ https://example.org/pip.whl' }],
    [{ pip: '--index-url=x' }],
    [{ 'extra-search-dir': ['./wheels'] }],
    [{ extra_search_dir: './wheels' }],
    [{ 'app-data': './cache' }],
    [{ 'reset-app-data': true }],
    [{ clear: true }],
    [{ clear: false }],
    [{ force: true }],
    [{ 'allow-existing': true }],
    [{ verify: true }],
    [{ download: true }],
    [{ 'plugin-root': 'x' }],
    [{ 'project-plugins': true }],
  ])('may not set %j: the error names the file, the key, the flag and the variable', (values) => {
    const [key = ''] = Object.keys(values);
    const { problems, values: resolved } = inProject(values);
    const flag = key.replaceAll('_', '-');
    const variable = `VIVARIUM_${flag.toUpperCase().replaceAll('-', '_')}`;
    expect(problems).toHaveLength(1);
    for (const part of ['/p/pyproject.toml', `(tool.vivarium.${key})`, `--${flag}`, variable]) {
      expect(problems[0]?.message).toContain(part);
    }
    expect(resolved).toEqual(inProject({}).values);
    // Where the user has decided, what the file says is of no account.
    expect(inProject(values, {}).problems).toEqual([]);
  });

  test('is of no account where a flag or a variable has decided', () => {
    const files = [
      { path: '/p/pyproject.toml', prefix: '', values: { clear: true }, isShared: false, isProject: true as const },
    ];
    for (const layers of [{ flags: { clear: { flag: '--clear', value: true } } }, { env: { VIVARIUM_CLEAR: '0' } }]) {
      const { problems } = resolveSettings(options, { flags: {}, env: {}, cwd: '/p', files, ...layers });
      expect(problems).toEqual([]);
    }
  });

  test('can set a Python to nothing that is not a version, whatever it says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-z.@/\\-]{0,6}[\d.t+-]{0,8}[a-z_/-]{0,8}$/),
      fc.constantFrom(
        '~/python',
        'C:\\python.exe',
        'python.exe',
        '3.12/',
        'cpython-3.12+x-linux-any-gnu',
        'pypy-1.2.3',
      ),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (python) => {
        for (const spec of inProject({ python }).values.python ?? []) {
          try {
            expect(readSpec(spec).kind).toBe('version');
          } catch (error) {
            expect(error).toMatchObject({ code: 'SPEC_INVALID' });
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test("another user's file is data as well, also where it is not a project's", () => {
  const foreign = { path: '/home/x/.config/vivarium/vivarium.toml', prefix: '', isForeign: true } as const;
  expect(inProject({ prompt: 'x' }, foreign).problems).toEqual([]);
  expect(inProject({ clear: true }, foreign).problems).toMatchObject([
    { message: expect.stringContaining('the file of another user may not set this; use --clear, VIVARIUM_CLEAR') },
  ]);
});

test('a rule that does not exist allows nothing', () => {
  const careless = { greeting: { type: 'string', help: '', allowedInProject: 'whatever' as 'any' } } as const;
  const table = { path: '/p/pyproject.toml', prefix: '', values: { greeting: 'x' }, isShared: false, isProject: true };
  const layers = { flags: {}, env: {}, cwd: '/p', files: [table as ConfigTable] };
  expect(resolveSettings(careless, layers).problems).toHaveLength(1);
});

test('every rule says which values it allows', () => {
  for (const { values } of Object.values(projectRules)) expect(values).toMatch(/^[a-z].*[^.]$/);
});
