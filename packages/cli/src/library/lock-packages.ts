import { resolve } from 'node:path';
import type { Interpreter, Options } from '@vivarium/core/host';
import { formatPylock } from '@vivarium/pylock';
import { readConfigFiles } from '../config/config-files.ts';
import { lockRequirements, lockSettings } from '../lock/lock-requirements.ts';
import { currentDirectory } from '../start/cwd.ts';
import { inCallerWords, translate } from './caller-words.ts';
import { checkLockOptions } from './check-options.ts';
import type { LockOptions } from './environment-options.ts';
import { GivenPlugins } from './given-plugins.ts';

/** A lock that requirements were resolved to. */
export interface PackageLock {
  /** The text of a `pylock.toml` (PEP 751). It has no credentials in it. */
  readonly text: string;
  /** In the order of the lock. */
  readonly packages: readonly { readonly name: string; readonly version?: string }[];
  /** The Python that it is for. */
  readonly interpreter: Interpreter;
  /** The program that resolved, and its version: `pip 26.3`. */
  readonly resolver: string;
}

/** Checks the options of the caller, and resolves. */
export async function lockPackages(options: LockOptions): Promise<PackageLock> {
  const declared: Options = lockSettings;
  const call = checkLockOptions(options, declared, new GivenPlugins());
  const cwd = call.cwd === undefined ? currentDirectory() : resolve(call.cwd);
  const env = call.env ?? process.env;
  try {
    const { lock, interpreter, resolver } = await lockRequirements({
      layers: {
        flags: call.settings,
        env: call.readConfiguration ? env : {},
        files: call.readConfiguration ? await readConfigFiles({ env, cwd }) : [],
        cwd,
      },
      env,
      signal: call.signal ?? new AbortController().signal,
      warn: (message) => call.onWarn?.(translate(message, declared)),
      debug: (message) => call.onDebug?.(message),
    });
    const packages = lock.packages.map(({ name, version }) => ({
      name,
      ...(version === undefined ? {} : { version }),
    }));
    return { text: formatPylock(lock), packages, interpreter, resolver };
  } catch (error) {
    throw inCallerWords(error, declared);
  }
}
