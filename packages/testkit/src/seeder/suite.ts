import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyPlan,
  type Context,
  type Creator,
  type Options,
  type Plan,
  type Seeder,
  type Settings,
} from '@vivarium/core/host';
import { probeInterpreter } from '@vivarium/discovery';
import { expect, test } from 'vitest';
import { planRequest } from '../planning.ts';
import { ask, contextIn, defaultPythons, describeForEach, settingsOf, temporaryDirectory } from '../workplace.ts';
import { withoutNetwork } from './network.ts';

/** Where a seeder is tried: a directory of the test's own, in which its author can put what it needs. */
export interface SeederPlace {
  readonly directory: string;
  /** The executable of the interpreter. */
  readonly python: string;
}

/** What {@link testSeeder} can be told besides the seeder. */
export interface SeederSuite<O extends Options = Options> {
  /** Executables of interpreters that it serves: CPython 3.8 or later. @default VIVARIUM_TEST_PYTHON, else `python3` */
  readonly pythons?: readonly string[];
  /** Puts what the seeder takes from (a directory of wheels, say) in place, and gives values of its options. */
  arrange?(place: SeederPlace): Partial<Settings<O>> | Promise<Partial<Settings<O>>>;
  /** The names of what it puts in under these circumstances; without it, at least one is expected. */
  readonly packages?: readonly string[];
  /** Who creates the environment. @default a creator of the suite's own, for CPython on POSIX systems */
  readonly creator?: Creator;
  /** Why it can't work without a network; its plan is then made and applied with one. */
  readonly needsNetwork?: string;
}

/**
 * Registers vitest tests that seed environments of real interpreters: plans are the same each time and write nothing
 * but the cache, steps stay inside, what the seeder reports is what Python finds installed, commands of the packages
 * are there, and none of it needs a network.
 *
 * @example
 * testSeeder(directory, { arrange: ({ directory }) => ({ wheels: writeWheels(directory) }), packages: ['greeter'] });
 */
export function testSeeder<O extends Options>(seeder: Seeder<O>, suite: SeederSuite<O> = {}): void {
  const { pythons = defaultPythons() } = suite;
  describeForEach(seeder.title, pythons, (python) => {
    const check = (title: string, body: (fixture: Fixture) => Promise<void>): void =>
      void test(title, { timeout: 120_000 }, async () => body(await openFixture(python)));

    async function openFixture(executable: string): Promise<Fixture> {
      const directory = temporaryDirectory();
      const context = contextIn(directory, { PIP_NO_INDEX: '1' });
      const interpreter = await probeInterpreter(executable, context);
      const arranged = await suite.arrange?.({ directory, python: executable });
      const settings = settingsOf(seeder.options, arranged) as Settings<Options>;
      const creator = suite.creator === undefined ? {} : { creator: suite.creator };
      const plan = (name: string): Promise<Plan> => {
        const destination = join(directory, name);
        return planRequest({
          destination,
          interpreter,
          context,
          settings,
          seeder: seeder as unknown as Seeder,
          ...creator,
        });
      };
      return { directory, context, plan };
    }

    check('plans the same twice, as plain data, and writes nothing but the cache', async ({ directory, plan }) => {
      const others = () => readdirSync(directory).filter((name) => name !== 'cache');
      const before = others();
      const first = await plan('env');
      const second = await plan('env');
      expect(second).toEqual(first);
      expect(JSON.parse(JSON.stringify(first))).toEqual(first);
      expect(others()).toEqual(before);
    });

    check(
      'reports each package with its version, the SHA-256 of its wheel and where it came from',
      async ({ plan }) => {
        const { seeder: participant } = await plan('env');
        for (const { wheel = 'name-1.0-py3-none-any.whl', ...seeded } of participant?.packages ?? []) {
          expect(wheel).toMatch(/^[^/\\]+\.whl$/);
          expect(seeded).toEqual({
            name: expect.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
            version: expect.stringMatching(/^\d/),
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            origin: expect.stringMatching(/./),
          });
        }
        const names = participant?.packages.map(({ name }) => name) ?? [];
        if (suite.packages === undefined) expect(names).not.toEqual([]);
        else expect([...names].sort()).toEqual([...suite.packages].sort());
      },
    );

    const title = 'puts in what it reports: Python finds it, its commands are there, and pip has no complaint';
    if (suite.needsNetwork === undefined) {
      check(`${title}; none of it asks a network`, async (fixture) => {
        const { value: plan, asked } = await withoutNetwork(async () => seedOnce(fixture, 'env'));
        expect(asked).toEqual([]);
        await expectToBeSeeded(plan);
      });
    } else {
      check(`${title} (with a network because ${suite.needsNetwork})`, async (fixture) => {
        await expectToBeSeeded(await seedOnce(fixture, 'env'));
      });
    }

    check(
      'does so again out of the same cache, in a directory of a hostile name, and once more where that stands',
      async (fixture) => {
        await fixture.plan('warm');
        for (const mode of ['create', 'refresh']) {
          const plan = await seedOnce(fixture, "it's $(touch pwned) söme 🐍");
          expect(plan.mode).toBe(mode);
          await expectToBeSeeded(plan);
        }
        expect(readdirSync(fixture.directory)).not.toContain('pwned');
      },
    );
  });
}

interface Fixture {
  readonly directory: string;
  readonly context: Context;
  plan(name: string): Promise<Plan>;
}

async function seedOnce({ plan, context }: Fixture, name: string): Promise<Plan> {
  const made = await plan(name);
  await applyPlan(made, { env: context.env });
  return made;
}

const LISTING = `
import importlib.metadata as metadata, json
print(json.dumps([{"name": d.metadata["Name"], "version": d.version,
    "commands": [e.name for e in d.entry_points if e.group == "console_scripts"]} for d in metadata.distributions()]))
`;

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly commands: readonly string[];
}

async function expectToBeSeeded({ environment, seeder }: Plan): Promise<void> {
  const { destination, layout } = environment;
  const python = join(destination, layout.executable);
  const installed = (await ask(python, '-I', '-c', LISTING)) as readonly Installed[];
  expect(installed.map(describePackage).sort()).toEqual((seeder?.packages ?? []).map(describePackage).sort());
  for (const { name, commands } of installed) {
    const missing = commands.filter((command) => !existsSync(join(destination, layout.scripts, command)));
    expect({ name, missing }).toEqual({ name, missing: [] });
  }
  if (!installed.some(({ name }) => name === 'pip')) return;
  const listed = (await ask(
    python,
    '-I',
    '-m',
    'pip',
    'list',
    '--format=json',
    '--disable-pip-version-check',
  )) as Installed[];
  expect(listed.map(describePackage).sort()).toEqual(installed.map(describePackage).sort());
}

// Names are compared as PEP 503 normalises them.
function describePackage({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name.toLowerCase().replace(/[-_.]+/g, '-')}==${version}`;
}
