import { resolve } from 'node:path';
import { type Context, isVivariumError, openRun, type Run, VivariumError } from '@vivarium/core/host';
import { inSlices, planMode } from '@vivarium/core/internal';
import { findInterpreter } from '@vivarium/discovery';
import { type Inspection, inspect } from '@vivarium/environments';
import { baseOf } from '../environments/base-of.ts';
import { envelope } from '../json/envelope.ts';
import { packagesDifference } from '../lock/difference.ts';
import { namesPackages } from '../lock/names-packages.ts';
import { changeLine, type PackageChange } from '../lock/package-change.ts';
import type { Console } from '../terminal/console.ts';
import { type CreateRequest, toolOf } from './request.ts';
import { type Target, targetsOf } from './targets.ts';

/** How the packages of an environment differ from those of a list. */
interface Check {
  readonly destination: string;
  readonly changes: readonly PackageChange[];
}

/**
 * `--check`: prints how the packages of environments differ from those of the list that the settings name, and changes
 * nothing. The exit code is 1 where they do.
 *
 * @throws VivariumError `PACKAGES_NOT_CLEAR` (exit code 2) where no list is named, and what planning can fail with
 */
export async function checkPackages(
  destinations: readonly string[],
  { request, console }: { readonly request: CreateRequest; readonly console: Console },
): Promise<void> {
  const { settings } = request;
  if (!namesPackages(settings)) {
    throw new VivariumError('PACKAGES_NOT_CLEAR', '--check compares packages with a list, and none is named', {
      hint: 'Name a lock with --lock, or requirements with -r or --with.',
    });
  }
  const checks = await checkAll(destinations, request);
  if (checks.some(({ changes }) => changes.length > 0)) process.exitCode = 1;
  if (settings.json) console.print(envelope('create', { checks: checks.map(asDocument) }));
  else if (console.verbosity >= 0) console.print(checks.flatMap((check) => linesOf(check, listOf(request))).join('\n'));
}

async function checkAll(destinations: readonly string[], request: CreateRequest): Promise<readonly Check[]> {
  // A dry run puts nothing right that a killed run has left.
  const run = openRun({ ...request, dryRun: true, tool: toolOf(request), findInterpreter });
  try {
    const specs = request.settings.python ?? [];
    const targets = await Promise.all(destinations.map((text) => targetsOf(text, specs, run)));
    return await Promise.all(targets.flat().map((target) => checkOne(target, run, request)));
  } finally {
    run.cache.close();
  }
}

async function checkOne(target: Target, run: Run, request: CreateRequest): Promise<Check> {
  const { env, cwd, signal, warn, debug, program, settings } = request;
  const destination = resolve(cwd, target.destination);
  const context: Context = { env, cwd, cache: run.cache, signal, warn, debug, program };
  const inspection = look(destination);
  const own = inspection === undefined || target.specs.length > 0 ? undefined : await baseOf(inspection, context);
  const interpreter = own ?? (await run.find(target.specs));
  const directory = inspection?.directory ?? destination;
  // What `create` would refuse is refused here too.
  await inSlices(planMode({ ...settings, destination: directory, interpreter, clear: false }), undefined);
  const found = inspection ?? { distributions: [], seeds: [] };
  return {
    destination,
    changes: await packagesDifference({ destination: directory, interpreter, found, settings, context }),
  };
}

function look(destination: string): Inspection | undefined {
  try {
    return inspect(destination);
  } catch (error) {
    if (isVivariumError(error) && error.code === 'ENVIRONMENT_NOT_FOUND') return undefined;
    throw error;
  }
}

function listOf({ settings: { lock } }: CreateRequest): string {
  return lock ?? 'the requirements';
}

function linesOf({ destination, changes }: Check, list: string): readonly string[] {
  if (changes.length === 0) return [`${destination} has the packages of ${list}`];
  const count = changes.length === 1 ? '1 package differs' : `${changes.length} packages differ`;
  return [`${destination}: ${count} from ${list}`, ...changes.map((change) => `  ${changeLine(change)}`)];
}

function asDocument({ destination, changes }: Check): object {
  return {
    destination,
    changes: changes.map(({ name, action, from = null, to = null }) => ({ name, action, from, to })),
  };
}
