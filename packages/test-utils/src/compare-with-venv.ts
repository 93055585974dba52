import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Creator, Interpreter } from '@vivarium/core/host';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeEnvironment, probe } from './create-environment.ts';
import { unlisted } from './differences-from-venv.ts';
import { compare, inventory } from './inventory.ts';
import { type Python, sampleOf } from './pythons.ts';
import { describePython, waitForPython } from './run-python.ts';

/** What {@link testVenvComparison} is told. */
export interface VenvComparison {
  readonly creator: Creator;
  readonly pythons: readonly Python[];
  /**
   * Whether `venv` makes copies that ours can be compared with. Where it doesn't, ours are compared with its links.
   * @default true
   */
  readonly venvCopies?: boolean;
  /** Whether copies are created at all. @default true */
  readonly copies?: boolean;
}

const WAYS = [
  { copies: false, systemSitePackages: false },
  { copies: true, systemSitePackages: false },
  { copies: false, systemSitePackages: true },
] as const;

/** How the Python is started: with which options of its own and which variables. `BASE` stands for the base's prefix. */
const STARTS: readonly (readonly [readonly string[], NodeJS.ProcessEnv])[] = [
  [[], {}],
  [['-I'], {}],
  [['-E'], { PYTHONPATH: '/x' }],
  [['-s'], {}],
  [['-S'], {}],
  [[], { PYTHONPATH: '/x:/y' }],
  [[], { PYTHONNOUSERSITE: '1' }],
  [[], { PYTHONHOME: 'BASE' }],
];

/** Creates environments by a creator and by the Pythons' own `venv`, side by side, and compares them. */
export function testVenvComparison({ creator, pythons, venvCopies = true, copies = true }: VenvComparison): void {
  const ways = WAYS.filter((way) => copies || !way.copies);
  // One line for each that is missing, and not one for each of its tests.
  test.for(pythons.filter(({ isMissing }) => isMissing))('$name', ({ reason }, { skip }) => skip(reason));

  const here = pythons.filter(({ isMissing }) => !isMissing);
  describe.each(sampleOf(here))('$name, compared with its own venv', ({ executable }) => {
    describe.each(ways)('with copies: $copies, system packages: $systemSitePackages', (way) => {
      let directory: string;
      let ours: string;
      let theirs: string;
      let interpreter: Interpreter;
      // Copies of a build that looks for its library next to itself do not start where `venv` makes them.
      let isVenvAsAsked = venvCopies || !way.copies;

      beforeAll(async () => {
        directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium compared with venv ')));
        [ours, theirs] = [join(directory, 'ours'), join(directory, 'venv')];
        interpreter = await probe(executable);
        await makeEnvironment({ creator, interpreter, destination: ours, ...way });
        if (isVenvAsAsked) await makeVenv(way.copies ? '--copies' : '--symlinks');
        isVenvAsAsked &&= !way.copies || (await doesStart(theirs));
        if (!isVenvAsAsked) await makeVenv('--symlinks', '--clear');
      });

      async function makeVenv(...options: readonly string[]): Promise<void> {
        const system = way.systemSitePackages ? ['--system-site-packages'] : [];
        await waitForPython(executable, ['-m', 'venv', '--without-pip', ...options, ...system, theirs]);
      }

      afterAll(() => rmSync(directory, { recursive: true, force: true }));

      // Which packages are seen is decided after all that is asked by the further ones.
      test.each(way.systemSitePackages ? STARTS.slice(0, 4) : STARTS)(
        'knows the same of itself, started with %j and the variables %j',
        async (options, variables) => {
          const home = 'PYTHONHOME' in variables ? { PYTHONHOME: interpreter.basePrefix } : {};
          const run = { variables: { ...variables, ...home } };
          const wanted = await describePython(theirs, options, run);
          // A copy looks for its base in `home` by a name that is always there, a link knows what it leads to.
          const more = isVenvAsAsked ? {} : { base_executable: expect.any(String) };
          expect(await describePython(ours, options, run)).toEqual({ ...wanted, ...more });
        },
      );

      test('differs in what the documents list and in nothing else', (context) => {
        context.skip(!isVenvAsAsked, 'its venv makes no copies that start, or none that can be compared');
        expect(unlisted(compare(inventory(ours), inventory(theirs)))).toEqual([]);
      });

      test('starts by each of its names, also those of venv', async () => {
        const names = executablesIn(ours);
        expect(names).toEqual(expect.arrayContaining([...executablesIn(theirs)]));
        for (const name of names) {
          const path = join(ours, 'bin', name);
          const answer = await waitForPython(path, ['-c', 'import sys; print(sys.prefix + "\\n" + sys.executable)']);
          expect(answer.trim().split('\n')).toEqual([ours, path]);
        }
      });

      test('when its own venv creates another environment, and when we make one from it', async () => {
        const [nested, made] = [join(directory, 'nested'), join(directory, 'made')];
        // RustPython looks next to its base for the name that it was started by.
        const name = executablesIn(ours).find((one) => one === basename(executable)) ?? 'python';
        const python = join(ours, 'bin', name);
        await waitForPython(python, ['-m', 'venv', '--without-pip', nested]);
        await makeEnvironment({ creator, interpreter: await probe(python), destination: made });
        for (const root of [nested, made]) {
          const answer = await waitForPython(join(root, 'bin', 'python'), [
            '-c',
            'import sys; print(sys.prefix + "\\n" + sys.base_prefix)',
          ]);
          expect(answer.trim().split('\n')).toEqual([root, interpreter.basePrefix]);
        }
      });
    });
  });
}

async function doesStart(root: string): Promise<boolean> {
  try {
    await waitForPython(join(root, 'bin', 'python'), ['-c', '']);
    return true;
  } catch {
    return false;
  }
}

function executablesIn(root: string): readonly string[] {
  return readdirSync(join(root, 'bin')).filter((name) => /^(?:python|pypy|graalpy|rustpython)/.test(name));
}
