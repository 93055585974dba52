import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openCache } from '@vivarium/core/host';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { contextWith, fill, newRun, PYTHON, PYTHONS, planSeeded, seed, temporaryDirectory } from './lab.ts';

const wheel = makeWheel({
  name: 'demo',
  version: '1.0',
  entryPoints: '[console_scripts]\ndemo = json:dumps\n',
  files: [{ name: 'demo.py', contents: '' }],
});

// What a shell, a kernel or Python could take for something else than a part of a path.
const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "'",
      '"',
      "'''",
      '"""',
      '\\',
      '\\x',
      '\\N{',
      '\\u12',
      '$(touch PWNED)',
      '`touch PWNED`',
      '$HOME',
      ' ',
      '\t',
      '!',
      '*',
      '#',
      ';',
      '&',
      '%',
      '~',
      '-',
      '[',
      '{',
      'é',
      '日本',
      '🐍',
      '\\\n',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }) },
);
const directoryName = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  // No environment is created where a name breaks the line: pyvenv.cfg can't express it.
  .map((pieces) => pieces.join('').replaceAll(/[/\p{Zl}\p{Zp}]|(?!\t)\p{Cc}/gu, '_'))
  .filter((name) => name !== '.' && name !== '..' && Buffer.byteLength(name) < 200 && name.isWellFormed());

const runners = [PYTHON, ...PYTHONS.filter((python) => /\/2\.7\./.test(python))];

describe.each(runners)('with %s', (python) => {
  test('a command starts its interpreter from a directory of whatever name', { timeout: 120_000 }, async () => {
    const root = temporaryDirectory();
    const extraSearchDir = [fill(temporaryDirectory(), [wheel])];
    const context = newRun();
    await fc.assert(
      fc.asyncProperty(directoryName, fc.boolean(), async (name, isLong) => {
        const destination = join(root, isLong ? 'x'.repeat(120) : 'e', name);
        const plan = await planSeeded({
          python,
          destination,
          settings: { noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo'], extraSearchDir },
          context,
        });
        const script = plan.steps.find((step) => step.kind === 'file' && step.path === 'bin/demo');
        if (script?.kind !== 'file') throw new Error('no command was planned');
        mkdirSync(join(destination, 'bin'), { recursive: true });
        symlinkSync(python, join(destination, 'bin/python'));
        // The script as it was planned, up to where the package would be imported.
        const [head = ''] = script.contents.split('import sys\n');
        const body = 'import sys\nsys.stdout.write(repr([sys.argv[1:], sys.executable is not None]))\n';
        writeFileSync(join(destination, 'bin/demo'), head + body, { mode: 0o755 });
        const said = execFileSync(join(destination, 'bin/demo'), ['a b', "it's", '$x'], {
          encoding: 'utf8',
          cwd: root,
        });
        expect(said).toBe(`[['a b', "it's", '$x'], True]`);
        rmSync(destination, { recursive: true });
      }),
      { numRuns: 40 },
    );
    expect(execFileSync('find', [root, '-name', 'PWNED'], { encoding: 'utf8' })).toBe('');
  });
});

const context = contextWith(openCache({ directory: join(mkdtempSync(join(tmpdir(), 'seeder-app-data-')), 'cache') }));
afterAll(() => rmSync(dirname(context.cache.directory), { recursive: true, force: true }));

test.each([
  ['short', 'short', /^#!\/.*\/short\/bin\/python\nimport sys\n/],
  ['long', 'l'.repeat(130), /^#!\/bin\/sh\n'''exec' '/],
  ['with a blank', 'a b', /^#!\/bin\/sh\n/],
])('pip starts from a directory whose name is %s', async (_, name, head) => {
  const destination = join(temporaryDirectory(), name);
  const { plan } = await seed({ destination, settings: { noSetuptools: true }, context });
  const script = plan.steps.find((step) => step.kind === 'file' && step.path === 'bin/pip');
  expect(script).toMatchObject({ contents: expect.stringMatching(head), mode: 0o777 });
  expect(execFileSync(join(destination, 'bin/pip'), ['--version'], { encoding: 'utf8' })).toContain(destination);
});
