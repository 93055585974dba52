import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import {
  type Candidate,
  type Discoverer,
  formatMinorVersion,
  type Interpreter,
  isVivariumError,
  type Options,
  type Settings,
  type Spec,
} from '@vivarium/core/host';
import { findInterpreter, parseSpec, probeInterpreter } from '@vivarium/discovery';
import { expect, test } from 'vitest';
import { contextIn, defaultPythons, describeForEach, settingsOf, temporaryDirectory } from '../workplace.ts';

/** Where a discoverer is tried: a directory of the test's own, in which its author can put what it reads. */
export interface DiscovererPlace {
  readonly directory: string;
  /** The executable that it has to find. */
  readonly python: string;
}

/** What a discoverer needs in order to find that Python. */
export interface Arrangement<O extends Options = Options> {
  readonly settings?: Partial<Settings<O>>;
  /** Variables besides those of the test's own process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What {@link testDiscoverer} can be told besides the discoverer. */
export interface DiscovererSuite<O extends Options = Options> {
  /** Executables that it is to find, each in its turn. @default VIVARIUM_TEST_PYTHON, else `python3` */
  readonly pythons?: readonly string[];
  /** Lets it find that Python. */
  arrange?(place: DiscovererPlace): Arrangement<O> | Promise<Arrangement<O>>;
  /** The most candidates that it may name. @default 1000 */
  readonly bound?: number;
}

/**
 * Registers vitest tests that let the discoverer look for real interpreters: candidates are absolute paths of programs,
 * come to an end and are the same each time; the Python is found by nothing, by its version and by its path, and
 * nothing else is found in its place.
 *
 * @example
 * testDiscoverer(list, { arrange: ({ directory, python }) => ({ settings: { list: writeList(directory, [python]) } })
 * });
 */
export function testDiscoverer<O extends Options>(discoverer: Discoverer<O>, suite: DiscovererSuite<O> = {}): void {
  const { pythons = defaultPythons(), bound = 1000 } = suite;
  describeForEach(discoverer.title, pythons, (python) => {
    const check = (title: string, body: (fixture: Fixture) => Promise<void>): void =>
      void test(title, { timeout: 60_000 }, async () => body(await openFixture(python)));

    async function openFixture(executable: string): Promise<Fixture> {
      const directory = temporaryDirectory();
      const { settings: changes, env } = (await suite.arrange?.({ directory, python: executable })) ?? {};
      const settings = settingsOf(discoverer.options, changes) as Settings<Options>;
      const context = contextIn(directory, env);
      const subject = discoverer as unknown as Discoverer;
      return {
        directory,
        interpreter: await probeInterpreter(executable, context),
        async candidates(spec) {
          const all: Candidate[] = [];
          for await (const candidate of subject.candidates(spec, settings, context)) {
            all.push(candidate);
            if (all.length > bound) throw new Error(`It named more than ${bound} candidates`);
          }
          return all;
        },
        find: async (text) => {
          const specs = text === undefined ? [] : [text];
          const found = await findInterpreter({ specs, discoverer: subject, settings, context });
          return found.interpreter;
        },
      };
    }

    check(
      'names candidates that are programs, with where each was found, comes to an end, and says the same again',
      async (fixture) => {
        const candidates = await fixture.candidates(undefined);
        expect(candidates).not.toEqual([]);
        for (const { executable, source } of candidates) {
          expect(executable).toSatisfy(isAbsolute);
          expect({ executable, isProgram: isProgram(executable) }).toEqual({ executable, isProgram: true });
          expect(source).toMatch(/\S/);
        }
        expect(await fixture.candidates(undefined)).toEqual(candidates);
      },
    );

    check('finds the Python that is there, by nothing, by its version, and by its implementation', async (fixture) => {
      const { interpreter } = fixture;
      const minor = formatMinorVersion(interpreter.version);
      const executables = (await fixture.candidates(parseSpec(minor))).map(({ executable }) => executable);
      expect(await basesOf(executables, fixture)).toContain(interpreter.realExecutable);
      for (const spec of [minor, `${interpreter.implementation.toLowerCase()}${minor}`]) {
        const { implementation, version } = await fixture.find(spec);
        expect([implementation, formatMinorVersion(version)]).toEqual([interpreter.implementation, minor]);
      }
      for (const spec of [undefined, `>=${minor}`]) await fixture.find(spec);
    });

    check('finds nothing where nothing fits, and says so', async (fixture) => {
      for (const spec of ['3.99', 'nobodypython3', '>=3.98,<3.99']) {
        const error = await fixture.find(spec).then(
          (found) => found,
          (thrown: unknown) => thrown,
        );
        expect(error).toSatisfy(isVivariumError);
      }
    });

    check('names nothing else in the place of a path that was asked for', async (fixture) => {
      const path = fixture.interpreter.executable;
      const executables = (await fixture.candidates(parseSpec(path))).map(({ executable }) => executable);
      const others = new Set(await basesOf(executables, fixture));
      expect([...others].filter((base) => base !== fixture.interpreter.realExecutable)).toEqual([]);
      const nowhere = join(fixture.directory, 'nowhere', 'python3');
      const instead = (await fixture.candidates(parseSpec(nowhere))).map(({ executable }) => executable);
      expect(instead.filter((executable) => executable !== nowhere)).toEqual([]);
    });
  });
}

interface Fixture {
  readonly directory: string;
  readonly interpreter: Interpreter;
  candidates(spec: Spec | undefined): Promise<readonly Candidate[]>;
  find(spec: string | undefined): Promise<Interpreter>;
}

// Not everything that has the name of a Python is one, and a discoverer need not know.
function basesOf(executables: readonly string[], { directory }: Fixture): Promise<readonly (string | undefined)[]> {
  const context = contextIn(directory);
  const baseOf = async (executable: string): Promise<string | undefined> => {
    const probed = await probeInterpreter(executable, context).catch(() => undefined);
    return probed?.realExecutable;
  };
  return Promise.all(executables.map(baseOf));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
