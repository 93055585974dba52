import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPlan, type Creator, type Interpreter, type Options, type Plan, type Settings } from '@vivarium/core/host';
import { probeInterpreter } from '@vivarium/discovery';
import { expect, test } from 'vitest';
import { planRequest } from '../planning.ts';
import { ask, contextIn, defaultPythons, describeForEach, settingsOf, temporaryDirectory } from '../workplace.ts';
import { describeEnvironment, describesWhatIsPlanned, isRelativePath } from './answers.ts';

/** What a creator can be told to lack: a clause that completes "skipped because …". */
export type CreatorAbility = 'copies' | 'purity' | 'refresh' | 'systemSitePackages';

/** What {@link testCreator} can be told besides the creator. */
export interface CreatorSuite<O extends Options = Options> {
  /** Executables of interpreters that it serves. @default VIVARIUM_TEST_PYTHON, else `python3` */
  readonly pythons?: readonly string[];
  /** Values of its own options; the others have their defaults. */
  readonly settings?: Partial<Settings<O>>;
  readonly lacks?: Readonly<Partial<Record<CreatorAbility, string>>>;
}

const HOSTILE_DESTINATIONS = ["-it's two words", '$(touch pwned);`touch pwned`', 'söme ünïcode 🐍 %s'];

/**
 * Registers vitest tests that create environments of real interpreters with the creator: its plans are plain data that
 * are the same each time and touch nothing, its layout names what the plan makes, and the environment's Python starts,
 * knows where it belongs, and is shut off from its base.
 *
 * @example
 * testCreator(acme, { pythons: ['/opt/acme/bin/python3'] });
 */
export function testCreator<O extends Options>(creator: Creator<O>, suite: CreatorSuite<O> = {}): void {
  const { pythons = defaultPythons(), lacks = {} } = suite;
  const settings = settingsOf(creator.options, suite.settings) as Settings<Options>;
  const subject = creator as unknown as Creator;

  test(`${creator.title} says why it does not serve an interpreter of no known implementation`, async () => {
    const interpreter = await probeInterpreter(process.env.VIVARIUM_TEST_PYTHON ?? '/usr/bin/python3', here());
    const support = await creator.supports({ ...interpreter, implementation: 'UnknownPython', hasVenv: false });
    expect(support).toEqual({ reason: expect.stringMatching(/./) });
  });

  describeForEach(creator.title, pythons, (python) => {
    const check = (
      title: string,
      ability: CreatorAbility | undefined,
      body: (fixture: Fixture) => Promise<void>,
    ): void => {
      const reason = ability === undefined ? undefined : lacks[ability];
      if (reason !== undefined) test.skip(`${title} (skipped because ${reason})`, () => {});
      else test(title, { timeout: 120_000 }, async () => body(await openFixture(python)));
    };

    async function openFixture(executable: string): Promise<Fixture> {
      const directory = temporaryDirectory();
      const context = contextIn(directory);
      const interpreter = await probeInterpreter(executable, context);
      return {
        directory,
        interpreter,
        plan: (name, core = {}) =>
          planRequest({ destination: join(directory, name), interpreter, context, creator: subject, settings, core }),
      };
    }

    check('serves it', undefined, async ({ interpreter }) => {
      expect(await creator.supports(interpreter)).toBe(true);
    });

    check('plans the same twice, as plain data, and changes nothing by planning', 'purity', async (fixture) => {
      const { directory, interpreter } = fixture;
      const request = {
        destination: join(directory, 'env'),
        interpreter: deepFreeze(interpreter),
        executables: 'symlink',
        systemSitePackages: false,
      } as const;
      const before = readdirSync(directory);
      const [first, second] = [
        await creator.plan(request, settings as Settings<O>),
        await creator.plan(request, settings as Settings<O>),
      ];
      expect(second).toEqual(first);
      expect(JSON.parse(JSON.stringify(first))).toEqual(first);
      expect(readdirSync(directory)).toEqual(before);
    });

    check('names in its layout what its steps make', undefined, async (fixture) => {
      const { environment, steps } = await fixture.plan('env');
      const { layout } = environment;
      for (const path of Object.values(layout)) expect(path).toSatisfy(isRelativePath);
      expect(layout.executable.startsWith(`${layout.scripts}/`)).toBe(true);
      for (const path of [layout.executable, layout.purelib]) {
        expect({ path, isPlanned: describesWhatIsPlanned(steps, path) }).toEqual({ path, isPlanned: true });
      }
    });

    check(
      'creates an environment whose Python starts, knows its place, and is shut off from its base',
      undefined,
      async (fixture) => {
        const plan = await fixture.plan('env');
        await applyPlan(plan);
        await expectToWork(plan, fixture.interpreter);
        expect(readdirSync(fixture.directory).filter((name) => name.startsWith('.vivarium'))).toEqual([]);
      },
    );

    check('does so with copies', 'copies', async (fixture) => {
      const plan = await fixture.plan('env', { copies: true });
      await applyPlan(plan);
      await expectToWork(plan, fixture.interpreter);
      expect(lstatSync(executableOf(plan)).isSymbolicLink()).toBe(false);
    });

    check('does so in directories of hostile names', undefined, async (fixture) => {
      for (const name of HOSTILE_DESTINATIONS) {
        const plan = await fixture.plan(name);
        await applyPlan(plan);
        await expectToWork(plan, fixture.interpreter);
      }
      expect(readdirSync(fixture.directory)).not.toContain('pwned');
      expect(existsSync('pwned')).toBe(false);
    });

    check('makes it again where it is, and keeps what was put in', 'refresh', async (fixture) => {
      await applyPlan(await fixture.plan('env'));
      const plan = await fixture.plan('env');
      const own = join(plan.environment.destination, plan.environment.layout.purelib, 'own');
      mkdirSync(own);
      expect(plan.mode).toBe('refresh');
      await applyPlan(plan);
      expect(existsSync(own)).toBe(true);
      await expectToWork(plan, fixture.interpreter);
    });

    check("lets its base's packages in where it is told to, and only there", 'systemSitePackages', async (fixture) => {
      const paths = async (systemSitePackages: boolean): Promise<readonly string[]> => {
        const plan = await fixture.plan(String(systemSitePackages), { systemSitePackages });
        await applyPlan(plan);
        expect(readFileSync(join(plan.environment.destination, 'pyvenv.cfg'), 'utf8')).toContain(
          `include-system-site-packages = ${systemSitePackages}\n`,
        );
        const all = (await describeEnvironment(executableOf(plan))).path;
        return all.filter((path) => /-packages$/.test(path) && !path.startsWith(plan.environment.destination));
      };
      expect(await paths(false)).toEqual([]);
      expect(await paths(true)).not.toEqual([]);
    });
  });
}

interface Fixture {
  readonly directory: string;
  readonly interpreter: Interpreter;
  plan(name: string, core?: Parameters<typeof planRequest>[0]['core']): Promise<Plan>;
}

const here = () => contextIn(temporaryDirectory());

const executableOf = ({ environment: { destination, layout } }: Plan): string => join(destination, layout.executable);

async function expectToWork(plan: Plan, interpreter: Interpreter): Promise<void> {
  const { destination, layout } = plan.environment;
  const facts = await describeEnvironment(executableOf(plan));
  const { major, minor, micro } = interpreter.version;
  expect(facts).toMatchObject({
    prefix: destination,
    version: [major, minor, micro],
    purelib: join(destination, layout.purelib),
    scripts: join(destination, layout.scripts),
  });
  expect(facts.path.filter((path) => /(site|dist)-packages$/.test(path))).toContain(join(destination, layout.purelib));
  // What the environment says of itself is what discovery believes, and it leads back to the same base.
  const probed = await probeInterpreter(executableOf(plan), here());
  expect(probed.realExecutable).toBe(interpreter.realExecutable);
  expect(await ask(executableOf(plan), '-c', 'import json, math, encodings; print(json.dumps(1))')).toBe(1);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
