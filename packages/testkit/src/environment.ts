import { mkdir, writeFile } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';
import { type Activator, type Environment, inEnvironment, type Options, promptOf, type Settings } from '@vivarium/core';
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
  /** The environment's folder, without the folders above it. */
  readonly folder: string;
  readonly prompt?: string;
  /** Gives its interpreter Tcl and Tk folders, of which this is the parent. */
  readonly tcl?: string;
  /** The folder of its interpreter, in the plan only; the Python that is started stays where it is. */
  readonly interpreter?: string;
}

/** An environment that stands in the lab. */
export interface TestEnvironment {
  readonly environment: Environment;
  /** The environment's folder, absolute, on this machine. */
  readonly folder: string;
  /** The scripts folder on this machine. */
  readonly scriptsFolder: string;
  /** Where its Python looks for modules, on this machine. */
  readonly library: string;
  readonly layout: Environment['layout'];
  /** These three are in the shell's notation. */
  readonly destination: string;
  readonly scripts: string;
  readonly script: string;
  readonly prompt: string;
}

/** The environment that would be made: what `supports()` is asked about. */
export function describeEnvironment(lab: Lab, request: EnvironmentRequest): Environment {
  const { join } = lab.shell.os === 'nt' ? win32 : posix;
  const base = lab.shell.os === 'nt' ? asWindows(findInterpreter()) : findInterpreter();
  const executable = request.interpreter === undefined ? base.executable : join(request.interpreter, 'python');
  return {
    destination: pathIn(lab, lab.shell, request.folder),
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
  const folder = join(lab.folder, request.folder);
  const scriptsFolder = join(folder, layout.scripts);
  await mkdir(scriptsFolder, { recursive: true });
  await mkdir(join(folder, layout.purelib), { recursive: true });
  await writeFile(
    join(folder, 'pyvenv.cfg'),
    `home = ${homeOf(findInterpreter())}\ninclude-system-site-packages = true\n`,
  );
  await (lab.shell.helpers ?? posixHelpers).installPython(scriptsFolder);
  for (const script of activator.scripts(environment, settings)) {
    await writeFile(join(scriptsFolder, script.name), script.contents);
  }
  return {
    environment,
    folder,
    scriptsFolder,
    library: join(folder, layout.purelib),
    layout,
    destination: environment.destination,
    scripts: inEnvironment(environment, layout.scripts),
    script: inEnvironment(environment, `${layout.scripts}/${lab.shell.script}`),
    prompt: promptOf(environment),
  };
}

function pathIn(lab: Lab, { path = (host) => host }: Lab['shell'], folder: string): string {
  return path(join(lab.folder, folder));
}
