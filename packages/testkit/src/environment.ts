import { mkdir, writeFile } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';
import {
  type Activator,
  type Environment,
  inEnvironment,
  type Options,
  promptOf,
  type Settings,
} from '@vivarium/core/host';
import { posixHelpers } from './helper-programs.ts';
import { asWindows, findInterpreter, homeOf } from './interpreter.ts';
import type { Lab } from './lab.ts';

/** An activator and the settings that it is to be tested with. */
export interface Subject<O extends Options = Options> {
  readonly activator: Activator<O>;
  readonly settings: Settings<O>;
}

/** What an environment under test is to be like. */
export interface EnvironmentRequest {
  /** The environment's directory, without the directories above it. */
  readonly directory: string;
  readonly prompt?: string;
  /** Gives its interpreter Tcl and Tk directories, of which this is the parent. */
  readonly tcl?: string;
  /** The directory of its interpreter, in the plan only; the Python that is started stays where it is. */
  readonly interpreter?: string;
}

/** An environment that stands in the lab. */
export interface TestEnvironment {
  readonly environment: Environment;
  /** The environment's directory, absolute, on this machine. */
  readonly directory: string;
  /** The scripts directory on this machine. */
  readonly scriptsDirectory: string;
  /** Where its Python looks for modules, on this machine. */
  readonly library: string;
  readonly layout: Environment['layout'];
  /** These three are in the shell's notation. */
  readonly destination: string;
  readonly scripts: string;
  readonly script: string;
  readonly prompt: string;
}

/** The environment that would be created: what `supports()` is asked about. */
export function describeEnvironment(lab: Lab, request: EnvironmentRequest): Environment {
  const { join } = lab.shell.os === 'nt' ? win32 : posix;
  const base = lab.shell.os === 'nt' ? asWindows(findInterpreter()) : findInterpreter();
  const executable = request.interpreter === undefined ? base.executable : join(request.interpreter, 'python');
  return {
    destination: pathIn(lab, lab.shell, request.directory),
    ...(request.prompt === undefined ? {} : { prompt: request.prompt }),
    interpreter: {
      ...base,
      executable,
      systemExecutable: executable,
      ...(request.tcl === undefined
        ? {}
        : { tcl: { tclLibrary: join(request.tcl, 'tcl8.6'), tkLibrary: join(request.tcl, 'tk8.6') } }),
    },
    layout: {
      ...base.scheme,
      executable: base.os === 'nt' ? `${base.scheme.scripts}/python.exe` : `${base.scheme.scripts}/python`,
    },
  };
}

/** Writes the activator's scripts, a Python and what makes it an environment's Python. */
export async function makeEnvironment(
  lab: Lab,
  { activator, settings }: Subject,
  request: EnvironmentRequest,
): Promise<TestEnvironment> {
  const environment = describeEnvironment(lab, request);
  const { layout } = environment;
  const directory = join(lab.directory, request.directory);
  const scriptsDirectory = join(directory, layout.scripts);
  await mkdir(scriptsDirectory, { recursive: true });
  await mkdir(join(directory, layout.purelib), { recursive: true });
  await writeFile(
    join(directory, 'pyvenv.cfg'),
    `home = ${homeOf(findInterpreter())}\ninclude-system-site-packages = true\n`,
  );
  await (lab.shell.helpers ?? posixHelpers).installPython(scriptsDirectory);
  for (const script of activator.scripts(environment, settings)) {
    await writeFile(join(scriptsDirectory, script.name), script.contents);
  }
  return {
    environment,
    directory,
    scriptsDirectory,
    library: join(directory, layout.purelib),
    layout,
    destination: environment.destination,
    scripts: inEnvironment(environment, layout.scripts),
    script: inEnvironment(environment, `${layout.scripts}/${lab.shell.script}`),
    prompt: promptOf(environment),
  };
}

function pathIn(lab: Lab, { path = (host) => host }: Lab['shell'], directory: string): string {
  return path(join(lab.directory, directory));
}
