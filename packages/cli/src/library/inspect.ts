import { join, resolve } from 'node:path';
import type { Interpreter } from '@vivarium/core/host';
import type { Inspection } from '@vivarium/environments';
import { currentDirectory } from '../start/cwd.ts';
import { checkPath } from './check-value.ts';
import { type EnvironmentHandle, openHandle } from './handle.ts';
import { type PythonSearchOptions, searching } from './pythons.ts';

/** How an environment is inspected. */
export interface InspectionOptions extends PythonSearchOptions {
  /** Whether its Python may be asked what it is: it is started, unless the cache knows it. @default false */
  readonly start?: boolean | undefined;
  /** Whether distributions and start-up hooks are read. @default true */
  readonly packages?: boolean | undefined;
  /** Whether every file is counted. @default false */
  readonly size?: boolean | undefined;
}

/** What an environment is, of whichever tool, and what can be done with it. */
export interface InspectedEnvironment extends Inspection, EnvironmentHandle {
  /** What its Python says of itself and its base; only if it was asked. */
  readonly interpreter?: Interpreter;
}

/** What the function of the package does that has this name. */
export async function inspectEnvironment(
  directory: string | URL,
  options: InspectionOptions = {},
): Promise<InspectedEnvironment> {
  const cwd = options.cwd === undefined ? currentDirectory() : resolve(checkPath(options.cwd));
  const { inspect } = await import('@vivarium/environments');
  const { packages = true, size = false, start = false } = options;
  const inspection = inspect(resolve(cwd, checkPath(directory)), { packages, size });
  const handle = handleOfInspection(inspection);
  if (!start) return { ...inspection, ...handle };
  const { probeInterpreter } = await import('@vivarium/discovery');
  const interpreter = await searching(options, (context) => probeInterpreter(handle.paths.executable, context));
  return { ...inspection, ...handle, interpreter };
}

/** The functions of an environment that was inspected. */
function handleOfInspection({ directory, prompt = '', layout }: Inspection): EnvironmentHandle {
  const [site = layout.scripts] = layout.sitePackages;
  // An environment with a directory for compiled packages of its own has that as the second one.
  const platlib = layout.sitePackages.find((path) => /(?:^|\/)lib64\//.test(path)) ?? site;
  const purelib = layout.sitePackages.find((path) => path !== platlib) ?? site;
  return openHandle({
    directory,
    prompt,
    os: layout.os,
    paths: {
      executable: join(directory, layout.executable),
      scripts: join(directory, layout.scripts),
      purelib: join(directory, purelib),
      platlib: join(directory, platlib),
    },
  });
}
