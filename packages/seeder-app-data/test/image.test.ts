import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWheel, type WheelRecipe } from '@vivarium/test-utils/make-wheel';
import { describe, expect, test } from 'vitest';
import {
  fill,
  type LabContext,
  newRun,
  PYTHON,
  PYTHONS,
  planSeeded,
  probe,
  run,
  seed,
  sitePackages,
  temporaryDirectory,
} from './lab.ts';

/** Seeds with `demo` alone, made after this recipe. */
async function seedDemo(recipe: Partial<WheelRecipe>, context: LabContext = newRun()) {
  const wheel = makeWheel({ name: 'demo', version: '1.0', ...recipe });
  const extraSearchDir = [fill(temporaryDirectory(), [wheel])];
  const destination = join(temporaryDirectory(), 'env');
  const settings = { noPip: true, seedPackage: ['demo'], extraSearchDir };
  const { plan } = await seed({ destination, settings, context });
  return { destination, plan, site: sitePackages(destination), bin: join(destination, 'bin'), context, wheel };
}

describe('a wheel is refused, and nothing of it is kept, when', () => {
  test.each<readonly [string, Partial<WheelRecipe>, RegExp]>([
    ['an entry leaves the directory', { files: [{ name: '../evil.py', contents: '' }] }, /leaves the directory/],
    ['an entry is absolute', { files: [{ name: '/tmp/evil.py', contents: '' }] }, /absolute/],
    ['an entry names a drive', { files: [{ name: 'C:/evil.py', contents: '' }] }, /names a drive/],
    ['an entry is a link', { files: [{ name: 'demo.py', contents: '/etc/passwd', mode: 0o120777 }] }, /symbolic link/],
    [
      'a file is not in RECORD',
      { unlisted: [{ name: 'extra.pth', contents: 'import os' }] },
      /does not list `extra.pth`/,
    ],
    [
      'a file is not what RECORD says',
      { editRecord: (text) => text.replace(/sha256=./, 'sha256=_') },
      /is not what its RECORD says/,
    ],
    ['RECORD has no hash', { editRecord: (text) => text.replace(/sha256=[^,]*/, '') }, /hash of the kind ``/],
    [
      'RECORD has a weak hash',
      { editRecord: (text) => text.replace(/sha256=[^,]*/, 'md5=x') },
      /hash of the kind `md5`/,
    ],
    [
      'RECORD lists what is missing',
      { editRecord: (text) => `${text}gone.py,sha256=x,1\n` },
      /lists `gone.py`, which is missing from the archive/,
    ],
    ['a command is the interpreter', { entryPoints: '[console_scripts]\npython3 = demo:main\n' }, /would replace/],
    ['a command is so by letter case', { entryPoints: '[console_scripts]\nPyThOn3.12 = demo:main\n' }, /would replace/],
    [
      'a command is an activation script',
      { entryPoints: '[console_scripts]\nactivate.fish = demo:main\n' },
      /would replace/,
    ],
    ['a command leaves the directory', { entryPoints: '[console_scripts]\n../x = demo:main\n' }, /no usable name/],
    ['a command is code', { entryPoints: '[console_scripts]\nx = os:system("id")\n' }, /names no function/],
    ['a command is more code', { entryPoints: '[console_scripts]\nx = demo; import os:main\n' }, /names no function/],
    ['data is the interpreter', { files: [{ name: 'demo-1.0.data/data/bin/python', contents: '' }] }, /would replace/],
    ['data is of no known kind', { files: [{ name: 'demo-1.0.data/odd/x', contents: '' }] }, /no known kind/],
  ])('%s', async (_, recipe, because) => {
    const context = newRun();
    const made = seedDemo(recipe, context);
    // Choosing reads the metadata, so that a wheel that can't be opened at all is ignored with a warning.
    await expect(made).rejects.toMatchObject({ code: expect.stringMatching(/^(WHEEL_INVALID|SEED_NOT_FOUND)$/) });
    const told = [...context.warnings, await made.catch(String)].join('\n');
    expect(told).toMatch(because);
    expect(told).toContain('demo-1.0-py2.py3-none-any.whl');
    const images = join(context.cache.directory, 'images/3');
    expect(existsSync(images) ? readdirSync(images) : []).toEqual([]);
  });

  test('it is not the one that was chosen any more', async () => {
    const context = newRun();
    const wheel = makeWheel({ name: 'demo', version: '1.0' });
    const directory = fill(temporaryDirectory(), [wheel]);
    const request = {
      destination: '/nowhere/env',
      settings: { noPip: true, seedPackage: ['demo'], extraSearchDir: [directory] },
    };
    const path = join(directory, wheel.file);
    const time = new Date('2020-01-01');
    utimesSync(path, time, time);
    await planSeeded({ ...request, context });
    for (const kind of ['images', 'compiled']) context.cache.drop(kind);
    const { size } = statSync(path);
    const other = makeWheel({
      name: 'demo',
      version: '1.0',
      files: [{ name: 'demo/__init__.py', contents: 'VERSION = "6.6"\n' }],
    });
    expect(other.bytes.length).toBe(size);
    writeFileSync(path, other.bytes);
    utimesSync(path, time, time);
    await expect(planSeeded({ ...request, context })).rejects.toMatchObject({
      message: expect.stringContaining('its SHA-256 is another'),
    });
  });
});

describe('what a wheel holds stands where an installer puts it', () => {
  test('modules, commands, scripts, data and headers', async () => {
    const { destination, site, bin } = await seedDemo({
      entryPoints:
        '[console_scripts]\ndemo = demo:tool.main\ndemo3 = demo:tool.main\n\n[gui_scripts]\nwindow = demo:tool.main\n',
      files: [
        {
          name: 'demo/__init__.py',
          contents:
            'import sys\nclass tool:\n    @staticmethod\n    def main():\n        print(sys.argv[1:])\n        return 3\n',
        },
        { name: 'demo/with, comma "and" quotes.txt', contents: 'x' },
        { name: 'demo-1.0.data/purelib/pure.py', contents: '' },
        { name: 'demo-1.0.data/platlib/plat.py', contents: '' },
        { name: 'demo-1.0.data/scripts/own', contents: '#!python -E\nimport demo, sys\nprint(sys.prefix)\n' },
        { name: 'demo-1.0.data/scripts/shell', contents: '#!/bin/sh\necho shell\n', mode: 0o100755 },
        { name: 'demo-1.0.data/data/share/demo/x.txt', contents: 'data' },
        { name: 'demo-1.0.data/headers/demo.h', contents: '/* */' },
      ],
    });
    const checked = run(join(bin, 'python'), [
      '-B',
      new URL('check-record.py', import.meta.url).pathname,
      destination,
      site,
    ]);
    expect(checked).toBe('');
    expect(() => run(join(bin, 'demo'), ['a', 'b c'])).toThrow(
      expect.objectContaining({ status: 3, stdout: "['a', 'b c']\n" }),
    );
    expect(run(join(bin, 'own'), [])).toBe(`${destination}\n`);
    expect(run(join(bin, 'shell'), [])).toBe('shell\n');
    // Names of a further package's commands are its own.
    expect(
      readdirSync(bin)
        .filter((name) => name.startsWith('demo') || name === 'window')
        .sort(),
    ).toEqual(['demo', 'demo3', 'window']);
    expect(readdirSync(site)).toEqual(expect.arrayContaining(['demo', 'pure.py', 'plat.py']));
    expect(readFileSync(join(destination, 'share/demo/x.txt'), 'utf8')).toBe('data');
    const [python = ''] = readdirSync(join(destination, 'include/site'));
    expect(python).toMatch(/^python\d\.\d+$/);
    expect(existsSync(join(destination, 'include/site', python, 'demo/demo.h'))).toBe(true);
  });

  test('a wheel that is not pure goes to platlib', async () => {
    const { plan, site } = await seedDemo({ isPurelib: false });
    expect(existsSync(join(site, 'demo/__init__.py'))).toBe(true);
    expect(plan.steps).toContainEqual(
      expect.objectContaining({ kind: 'tree', source: expect.stringMatching(/platlib$/) }),
    );
  });

  test('who installed it and from what is written down', async () => {
    const { site, wheel, plan } = await seedDemo({});
    const info = join(site, 'demo-1.0.dist-info');
    expect(readFileSync(join(info, 'INSTALLER'), 'utf8')).toBe('vivarium\n');
    const { file, sha256 } = wheel;
    const receipt = { name: 'demo', version: '1.0', wheel: file, sha256, origin: 'extra-search-dir' };
    expect(JSON.parse(readFileSync(join(info, 'vivarium.json'), 'utf8'))).toEqual(receipt);
    expect(plan.seeder?.packages).toEqual([receipt]);
  });
});

test('names of commands carry the version of the Python that they are for', async () => {
  const python = PYTHONS.find((path) => path.includes('/3.9.')) ?? PYTHON;
  const wheel = makeWheel({
    name: 'wheel',
    version: '99.0',
    entryPoints: '[console_scripts]\nwheel3.7 = wheel:main\nwheel-2 = wheel:main\na2b = wheel:main\n',
  });
  const extraSearchDir = [fill(temporaryDirectory(), [wheel])];
  const plan = await planSeeded({
    python,
    destination: '/nowhere/env',
    settings: { noPip: true, noSetuptools: true, wheel: 'bundle', extraSearchDir },
    context: newRun(),
  });
  const minor = plan.environment.interpreter.version.minor;
  const names = plan.steps.flatMap((step) => (/bin\/(wheel|a2b)/.test('path' in step ? step.path : '') ? [step] : []));
  // All call the same function, so that one is a file and the others are links to it.
  expect(names).toMatchObject(
    ['wheel', 'a2b'].flatMap((name, place) =>
      [name, `${name}3`, `${name}3.${minor}`, `${name}-3.${minor}`].map((full, index) => {
        const path = `bin/${full}`;
        return place + index === 0 ? { kind: 'file', path } : { kind: 'symlink', path, target: 'wheel' };
      }),
    ),
  );
});

test('every wheel that an interpreter brings is accepted', { timeout: 120_000 }, async () => {
  const context = newRun();
  for (const python of PYTHONS) {
    const bundled = join((await probe(python, context)).stdlib, 'ensurepip/_bundled');
    const directory = existsSync(bundled) ? bundled : '/usr/share/python-wheels';
    const wheels = (existsSync(directory) ? readdirSync(directory) : []).filter((name) => name.endsWith('.whl'));
    const seedPackage = wheels.map((wheel) => wheel.split('-').slice(0, 2).join('=='));
    const settings = { noPip: true, noSetuptools: true, noWheel: true, extraSearchDir: [directory] };
    for (const requirement of seedPackage) {
      const plan = await planSeeded({
        python,
        destination: '/nowhere/env',
        settings: { ...settings, seedPackage: [requirement] },
        context,
      });
      expect(plan.seeder?.packages).toMatchObject([{ origin: 'extra-search-dir' }]);
    }
  }
  expect(context.warnings).toEqual([]);
});
