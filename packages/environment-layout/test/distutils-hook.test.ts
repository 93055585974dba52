import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDistutilsHook } from '@vivarium/environment-layout';
import { cpython } from '@vivarium/test-utils/described-interpreter';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const VERSIONS = ['2.7.18', '3.6.15', '3.7.16', '3.8.18', '3.9.18'];
const pythonOf = (version: string) => wantedPython(version).executable;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vivarium-hook-'));
  for (const step of planDistutilsHook(cpython('3.9.18'), 'site')) {
    mkdirSync(join(directory, 'site'), { recursive: true });
    writeFileSync(join(directory, step.path), step.contents);
  }
  writeFileSync(
    join(directory, '.pydistutils.cfg'),
    '[install]\nprefix=/elsewhere\ninstall_scripts=/elsewhere/scripts\n',
  );
  mkdirSync(join(directory, 'project'));
  writeFileSync(join(directory, 'project', 'setup.cfg'), '[install]\ninstall_scripts=/project/scripts\n');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('is not planned for Python 3.10 and later', () => {
  expect(planDistutilsHook(cpython('3.10.13'), 'site')).toEqual([]);
  expect(planDistutilsHook(cpython('3.9.18'), 'site').map((step) => step.path)).toEqual([
    'site/_vivarium_distutils.py',
    'site/_vivarium_distutils.pth',
  ]);
});

describe.each(VERSIONS)('in Python %s', (version) => {
  const { isMissing } = wantedPython(version);

  function run(lines: readonly string[], cwd = directory): unknown {
    const code = ['import json, sys', ...lines].join('\n');
    const env = { ...process.env, HOME: directory, PYTHONDONTWRITEBYTECODE: '1' };
    return JSON.parse(execFileSync(pythonOf(version), ['-c', code], { env, cwd, encoding: 'utf8' }));
  }
  const withHook = () => `import site; site.addsitedir(${JSON.stringify(join(directory, 'site'))})`;
  const REPORT = [
    'd = Distribution()',
    'd.parse_config_files()',
    'i = d.get_command_obj("install")',
    'i.ensure_finalized()',
    'print(json.dumps([i.prefix.replace(sys.prefix, "PREFIX"), i.install_scripts.replace(sys.prefix, "PREFIX")]))',
  ];

  test.skipIf(isMissing).each(['distutils.dist', 'setuptools.dist'])(
    'replaces the places that the configuration of the user names, seen through %s',
    (module) => {
      const load = [`from ${module} import Distribution`];
      expect(run([...load, ...REPORT])).toEqual(['/elsewhere', '/elsewhere/scripts']);
      expect(run([withHook(), ...load, ...REPORT])).toEqual(['PREFIX', 'PREFIX/bin']);
    },
  );

  // setuptools does so since release 48, through an import hook.
  if (version === '3.8.18' || version === '3.9.18') {
    test.skipIf(isMissing)('sees the distutils that setuptools puts in place of the standard one', () => {
      const load = [
        'import os; os.environ["SETUPTOOLS_USE_DISTUTILS"] = "local"',
        'import setuptools, distutils.dist',
        'assert "setuptools" in distutils.dist.__file__',
        'from distutils.dist import Distribution',
      ];
      expect(run([...load, ...REPORT])).toEqual(['/elsewhere', '/elsewhere/scripts']);
      expect(run([withHook(), ...load, ...REPORT])).toEqual(['PREFIX', 'PREFIX/bin']);
    });
  }

  test.skipIf(isMissing)('leaves the say to the setup.cfg of a project', () => {
    const lines = [withHook(), 'from distutils.dist import Distribution', ...REPORT];
    expect(run(lines, join(directory, 'project'))).toEqual(['PREFIX', '/project/scripts']);
  });

  test.skipIf(isMissing)('imports no other module when the interpreter starts', () => {
    const before = 'import site; before = set(sys.modules)';
    expect(run([before, withHook(), 'print(json.dumps(sorted(set(sys.modules) - before)))'])).toEqual([
      '_vivarium_distutils',
    ]);
  });

  test.skipIf(isMissing)('leaves modules with their own loaders and sources', () => {
    const lines = [
      withHook(),
      'import inspect, distutils.dist as d',
      'loader = getattr(getattr(d, "__spec__", None), "loader", None)',
      'print(json.dumps([type(loader).__module__ != "_vivarium_distutils", "class Distribution" in inspect.getsource(d)]))',
    ];
    expect(run(lines)).toEqual([true, true]);
  });
});
