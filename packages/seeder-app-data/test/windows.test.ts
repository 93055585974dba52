import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, type Interpreter, openCache, type TreeStep } from '@vivarium/core/host';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { afterAll, describe, expect, test } from 'vitest';
import { askSeeder } from './ask-seeder.ts';
import {
  contextWith,
  fill,
  newRun,
  otherPip,
  PYTHON,
  probe,
  type SeederSettings,
  settingsWith,
  temporaryDirectory,
} from './lab.ts';

// One cache for all, so that each wheel is unpacked once for each kind of Windows.
const work = mkdtempSync(join(tmpdir(), 'seeder-app-data-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A Python for Windows, as one is described that was probed there. */
async function windowsPython(changes: Partial<Interpreter> = {}): Promise<Environment> {
  const base = 'C:\\Python312';
  const scheme = {
    scripts: 'Scripts',
    purelib: 'Lib/site-packages',
    platlib: 'Lib/site-packages',
    stdlib: 'Lib',
    include: 'Include',
  };
  const interpreter: Interpreter = {
    ...(await probe(PYTHON, newRun())),
    platform: 'win32',
    os: 'nt',
    executable: `${base}\\python.exe`,
    systemExecutable: `${base}\\python.exe`,
    realExecutable: `${base}\\python.exe`,
    prefix: base,
    basePrefix: base,
    baseExecPrefix: base,
    stdlib: `${base}\\Lib`,
    scheme,
    ...changes,
  };
  return { destination: 'D:\\work\\env', interpreter, layout: { ...scheme, executable: 'Scripts/python.exe' } };
}

async function planFor(environment: Environment, settings: Partial<SeederSettings> = {}) {
  const context = contextWith(openCache({ directory: join(work, 'cache') }));
  // Any pip has launchers; this is one that is always available.
  const { directories } = await otherPip(PYTHON, '');
  const extraSearchDir = [...(settings.extraSearchDir ?? []), ...directories];
  const all = settingsWith({ compileSeeds: 'background', ...settings, extraSearchDir });
  const seeding = await askSeeder(environment, all, context);
  const trees = seeding.steps.filter((step): step is TreeStep => step.kind === 'tree');
  return { ...seeding, trees, context, scripts: trees.find(({ path }) => path === 'Scripts') };
}

describe('a plan for Windows, made here', () => {
  test('has commands as programs, listed in RECORD, and starts nothing', async () => {
    const { trees, scripts, steps, context } = await planFor(await windowsPython());
    const { minor } = (await probe(PYTHON, newRun())).version;
    expect(scripts?.files).toEqual(['pip.exe', 'pip3.exe', `pip3.${minor}.exe`, `pip-3.${minor}.exe`]);
    expect(steps.flatMap((step) => (step.kind === 'tree' ? [] : [step.kind === 'run' ? step : step.path]))).toEqual([
      expect.stringMatching(/^Lib\/site-packages\/pip-[\d.]+\.dist-info\/vivarium\.json$/),
    ]);
    const tree = trees.find(({ path }) => path === 'Lib/site-packages');
    const record = readFileSync(
      join(tree?.source ?? '', tree?.files.find((file) => file.endsWith('RECORD')) ?? ''),
      'utf8',
    );
    expect(record).toMatch(/^\.\.\/\.\.\/Scripts\/pip\.exe,sha256=[\w-]+,\d+$/m);
    expect(readdirSync(context.cache.directory)).not.toContain('compiling');
  });

  test('a program is a launcher, the interpreter next to it, and a script that Python can run', async () => {
    const { scripts } = await planFor(await windowsPython());
    const program = readFileSync(join(scripts?.source ?? '', 'pip.exe'));
    expect(program.subarray(0, 2).toString()).toBe('MZ');
    expect(program.includes('#!<launcher_dir>\\python.exe\r\nPK')).toBe(true);
    // Python finds the archive at the end of any file (zipapp).
    const script = 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("__main__.py").decode())';
    const text = execFileSync('python3', ['-c', script, join(scripts?.source ?? '', 'pip.exe')], { encoding: 'utf8' });
    expect(text).toMatch(/^import sys\n\nfrom pip\._internal\.cli\.main import \w+\n/);
  });

  test.each([
    ['64 bit', {}, 't64.exe'],
    ['32 bit', { bits: 32, machine: 'x86' }, 't32.exe'],
    ['ARM', { machine: 'arm64' }, 't64-arm.exe'],
  ] as const)('the launcher is that for %s', async (_, changes, name) => {
    const { scripts, trees } = await planFor(await windowsPython(changes));
    const tree = trees.find(({ path }) => path === 'Lib/site-packages');
    const launcher = readFileSync(join(tree?.source ?? '', 'pip/_vendor/distlib', name));
    const program = readFileSync(join(scripts?.source ?? '', 'pip.exe'));
    expect(program.subarray(0, launcher.length).equals(launcher)).toBe(true);
  });

  test('commands of others than pip have its launcher too, whether pip is put in or not', async () => {
    const wheel = makeWheel({
      name: 'demo',
      version: '1.0',
      entryPoints: '[console_scripts]\ndemo = demo:main\n',
      files: [
        { name: 'demo.py', contents: 'def main():\n    print("it works")\n' },
        { name: 'demo-1.0.data/scripts/own.py', contents: '#!python\nprint("own")\n' },
      ],
    });
    const settings = { noPip: true, seedPackage: ['demo'], extraSearchDir: [fill(temporaryDirectory(), [wheel])] };
    const { scripts } = await planFor(await windowsPython(), settings);
    expect(scripts?.files).toEqual(['demo.exe', 'own.exe']);
    // What the launcher does is to have Python run the program itself.
    const copy = join(temporaryDirectory(), 'own.exe');
    writeFileSync(copy, readFileSync(join(scripts?.source ?? '', 'own.exe')));
    expect(execFileSync('python3', [copy], { encoding: 'utf8' })).toBe('own\n');
    expect(statSync(copy).size).toBeGreaterThan(50_000);
  });
});
