import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { REDIRECT_NAME } from '@vivarium/core/host';
import { readConfiguration } from '@vivarium/core/internal';
import { systemCode, VivariumError } from '@vivarium/core/plugin';
import { readBounded } from '../read/read-bounded.ts';
import { createdBy } from './created-by.ts';
import { readDistributions, seedsOf } from './distributions.ts';
import { findBase, findPython } from './found-python.ts';
import type { Inspection, Problem, Redirect } from './inspection.ts';
import { findLayout, isThere } from './layout.ts';
import { findProblems } from './problems.ts';
import { recordedPython } from './recorded-python.ts';
import { followRedirect } from './redirect.ts';
import { measure } from './size.ts';
import { readStartUp } from './start-up.ts';

/** What {@link inspect} looks at besides what it always does. */
export interface InspectOptions {
  /** Whether distributions and start-up hooks are read. @default true */
  readonly packages?: boolean;
  /** Whether every file is counted. @default false */
  readonly size?: boolean;
}

/**
 * Says what an environment is, whatever created it, by what is on disk: who created it, its Python as recorded and as
 * found, what is installed, and what it lacks. Nothing is started and nothing is written. What a hostile or damaged
 * environment has in the place of a file (a FIFO, a loop of links, gigabytes) is a problem, never an endless wait.
 *
 * @param path the environment, or a redirect file that names it; relative paths are those of the cwd
 * @throws VivariumError `ENVIRONMENT_NOT_FOUND` where nothing is, or something that is not an environment;
 *   `ENVIRONMENT_NOT_READABLE` where the system does not let us look
 */
export function inspect(path: string, options: InspectOptions = {}): Inspection {
  const absolute = resolve(path);
  const followed = followRedirect(absolute);
  switch (followed.kind) {
    case 'missing':
      throw notFound(`${absolute} does not exist`);
    case 'invalid': {
      const message = `${absolute} names no environment: ${followed.reason}`;
      if (!isRedirectName(absolute)) throw notFound(message);
      return inspectDirectory({ path: absolute, directory: absolute, problem: { code: 'REDIRECT_INVALID', message } });
    }
    case 'directory':
      return inspectDirectory({ path: absolute, directory: followed.directory, options });
    case 'redirect': {
      const { directory, redirect, exists } = followed;
      if (exists) return inspectDirectory({ path: absolute, directory, redirect, options });
      if (!isRedirectName(absolute)) throw notFound(`${absolute} names ${directory}, which does not exist`);
      const message = `${absolute} names ${directory}, which does not exist`;
      return inspectDirectory({ path: absolute, directory, redirect, problem: { code: 'REDIRECT_DANGLING', message } });
    }
  }
}

/** The name that redirects have; another file that is named by mistake is none. */
function isRedirectName(path: string): boolean {
  return basename(path) === REDIRECT_NAME;
}

interface DirectoryRequest {
  readonly path: string;
  readonly directory: string;
  readonly redirect?: Redirect;
  /** Why there is no directory to look at. */
  readonly problem?: Problem;
  readonly options?: InspectOptions;
}

function inspectDirectory({ path, directory, redirect, problem, options = {} }: DirectoryRequest): Inspection {
  if (problem === undefined) assertEnvironment(directory);
  const file = join(directory, 'pyvenv.cfg');
  const text = problem === undefined ? readBounded(file) : undefined;
  const hasConfiguration = text !== undefined && !text.includes('\0');
  const keys = hasConfiguration ? readConfiguration(file) : {};
  const recorded = recordedPython(directory, keys);
  const base = findBase(recorded, directory);
  const layout = findLayout(directory, recorded.version);
  const python = findPython({ directory, layout, recorded, base });
  const by = createdBy(directory, keys);
  const { packages = true, size = false } = options;
  const distributions = packages ? readDistributions(directory, layout.sitePackages) : [];
  const problems =
    problem === undefined
      ? findProblems({ directory, layout, base, python, hasConfiguration, isConda: by.tool === 'conda' })
      : [problem];
  return {
    path,
    directory,
    ...(redirect === undefined ? {} : { redirect }),
    createdBy: by,
    ...(keys.prompt === undefined ? {} : { prompt: keys.prompt }),
    systemSitePackages: keys['include-system-site-packages']?.toLowerCase() === 'true',
    layout,
    recorded,
    python,
    base,
    distributions,
    seeds: seedsOf(distributions),
    startUp: packages ? readStartUp(directory, layout.sitePackages) : [],
    ...(size && problem === undefined ? { size: measure(directory) } : {}),
    isComplete: problems.length === 0,
    problems,
  };
}

const EXECUTABLES = ['bin/python', 'bin/python3', 'Scripts/python.exe', 'python.exe'];

/** An environment has a `pyvenv.cfg` or is one of conda. One that lost it still has an executable and `activate`. */
function assertEnvironment(directory: string): void {
  try {
    // Fails where the directory may not be searched.
    statSync(join(directory, '.'));
    statSync(join(directory, 'pyvenv.cfg'), { throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === 'EACCES' || systemCode(error) === 'EPERM') {
      throw new VivariumError('ENVIRONMENT_NOT_READABLE', `${directory} may not be read by this user`, {
        cause: error,
        hint: 'Ask its owner, or run the command as that user.',
      });
    }
  }
  if (isThere(join(directory, 'pyvenv.cfg')) || isThere(join(directory, 'conda-meta'))) return;
  const hasPython = EXECUTABLES.some((path) => isThere(join(directory, path)));
  const isActivated = ['bin/activate', 'Scripts/activate.bat'].some((path) => isThere(join(directory, path)));
  if (!hasPython || !isActivated) {
    throw notFound(`${directory} is not a virtual environment: it has no pyvenv.cfg and no conda-meta`);
  }
}

function notFound(message: string): VivariumError {
  return new VivariumError('ENVIRONMENT_NOT_FOUND', message, {
    hint: 'Name the directory of an environment, the one with the pyvenv.cfg.',
  });
}
