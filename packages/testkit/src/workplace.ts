import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Context, type Options, openCache, resolveSettings, type Settings } from '@vivarium/core/host';
import { describe, onTestFinished, test } from 'vitest';

/** A directory of its own, gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-testkit-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A run's context whose cache and working directory are in a directory of the test's own. */
export function contextIn(directory: string, env: Readonly<Record<string, string>> = {}): Context {
  return {
    env: { ...process.env, ...env },
    cwd: directory,
    cache: openCache({ directory: join(directory, 'cache') }),
    signal: new AbortController().signal,
    warn: () => {},
    debug: () => {},
  };
}

/** The values that options have where no one says anything, with changes. */
export function settingsOf<O extends Options>(options: O | undefined, changes: Partial<Settings<O>> = {}): Settings<O> {
  const layers = { flags: {}, env: {}, files: [], cwd: process.cwd() };
  return { ...resolveSettings(options ?? ({} as O), layers).values, ...changes };
}

/** The Python that plugins are tested with where the author names none: `VIVARIUM_TEST_PYTHON`, else `python3`. */
export const defaultPythons = (): readonly string[] => [process.env.VIVARIUM_TEST_PYTHON ?? 'python3'];

/**
 * Registers tests for each of some Pythons. One that isn't on this machine is skipped, and the report says so; where
 * `CI` is `true` that is a failure.
 */
export function describeForEach(
  title: string,
  pythons: readonly string[],
  register: (executable: string) => void,
): void {
  for (const python of pythons) {
    const executable = whereIs(python);
    if (executable !== undefined) {
      describe(`${title} with ${executable}`, () => register(executable));
    } else if (process.env.CI === 'true') {
      test(`${title} with ${python}`, () => {
        throw new Error(`${python} isn't on this machine`);
      });
    } else {
      test.skip(`${title} with ${python} (skipped because it isn't on this machine)`, () => {});
    }
  }
}

function whereIs(python: string): string | undefined {
  if (python.includes('/')) return existsSync(python) ? python : undefined;
  const directories = (process.env.PATH ?? '').split(':');
  return directories.map((directory) => join(directory, python)).find((path) => existsSync(path));
}

/** What a Python answers, by JSON, without what the surroundings have set for Pythons. */
export async function ask(python: string, ...args: readonly string[]): Promise<unknown> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV|PIP_)/.test(name)),
  );
  const { stdout } = await promisify(execFile)(python, args, { encoding: 'utf8', env });
  return JSON.parse(stdout);
}
