import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import python from '@vivarium/activator-python';
import type { Environment } from '@vivarium/core/plugin';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import type { Python } from './pythons.ts';

/** A temporary directory in which one Python runs. `pwned` is a command on its `PATH` that leaves a trace. */
export interface Lab {
  readonly python: Python;
  readonly directory: string;
  /** What Python starts with. */
  readonly variables: Readonly<Record<string, string>>;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs the scripts in one process and gives what it looked like before them and after each. */
  observe(scripts: readonly string[], options?: RunOptions): Promise<Observation>;
  isPwned(): Promise<boolean>;
}

interface RunOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** @default the lab's */
  readonly interpreter?: Python;
}

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface State {
  readonly variables: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  readonly prefix: string;
  readonly execPrefix: string;
  readonly realPrefix: string | null;
}

interface Observation {
  readonly before: State;
  readonly after: readonly State[];
  /** The environment of a process that Python starts at the end. */
  readonly child: Readonly<Record<string, string>>;
}

const observer = fileURLToPath(new URL('observe.py', import.meta.url));

/** A lab that goes away with the test. */
export async function openLab(interpreter: Python): Promise<Lab> {
  const directory = temporaryDirectory();
  const trace = join(directory, 'trace');
  await mkdir(join(directory, 'programs'));
  await writeFile(join(directory, 'programs', 'pwned'), `#!/bin/sh\necho pwned >>'${trace}'\n`);
  await chmod(join(directory, 'programs', 'pwned'), 0o755);
  const base = { PATH: `${join(directory, 'programs')}:/usr/bin:/bin`, HOME: directory, LANG: 'C.UTF-8' };

  const lab: Lab = {
    python: interpreter,
    directory,
    variables: base,
    run: (args, { variables, interpreter: { executable } = interpreter } = {}) =>
      new Promise((resolve) => {
        const options = {
          cwd: directory,
          env: { ...base, ...variables },
          encoding: 'utf8',
          maxBuffer: 2 ** 28,
        } as const;
        execFile(executable, [...args], options, (error, stdout, stderr) => {
          resolve({ status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
        });
      }),
    async observe(scripts, options) {
      const list = join(directory, 'scripts.json');
      await writeFile(list, JSON.stringify(scripts));
      const { status, stdout, stderr } = await lab.run([observer, list], options);
      if (status !== 0 || stderr !== '') throw new Error(`status ${status}\n${stdout}${stderr}`);
      const { states, child } = JSON.parse(stdout) as { readonly states: readonly State[]; readonly child: string };
      const [before, ...after] = states;
      if (before === undefined) throw new Error('nothing was observed');
      return { before, after, child: readVariables(child) };
    },
    isPwned: async () => (await readFile(trace, 'utf8').catch(() => '')) !== '',
  };
  return lab;
}

function readVariables(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\0').filter((pair) => pair !== '');
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** The environment that would be made for the lab's Python. */
export function describe(lab: Lab, request: EnvironmentRequest): Environment {
  const { executable, library, major } = lab.python;
  const { interpreter, layout, ...named } = linuxEnvironment(join(lab.directory, request.name), {
    ...(request.prompt === undefined ? {} : { prompt: request.prompt }),
    ...(request.tcl === undefined ? {} : { tcl: { tclLibrary: `${request.tcl}/tcl`, tkLibrary: `${request.tcl}/tk` } }),
  });
  const packages = { purelib: library, platlib: request.platlib ?? library };
  return {
    ...named,
    layout: { ...layout, ...packages },
    interpreter: {
      ...interpreter,
      version: { ...interpreter.version, major },
      executable,
      systemExecutable: executable,
      realExecutable: executable,
      scheme: { ...interpreter.scheme, ...packages },
    },
  };
}

export interface EnvironmentRequest {
  readonly name: string;
  readonly prompt?: string;
  readonly platlib?: string;
  readonly tcl?: string;
}

export interface TestEnvironment {
  readonly root: string;
  readonly scripts: string;
  readonly script: string;
  readonly library: string;
}

/** Writes the environment: its Python, its `pyvenv.cfg`, the script, and the given files below site-packages. */
export async function makeEnvironment(
  lab: Lab,
  request: EnvironmentRequest,
  modules: Readonly<Record<string, string>> = {},
): Promise<TestEnvironment> {
  const environment = describe(lab, request);
  const root = environment.destination;
  const library = join(root, lab.python.library);
  for (const directory of ['bin', lab.python.library, environment.layout.platlib]) {
    await mkdir(join(root, directory), { recursive: true });
  }
  await writeFile(join(root, 'pyvenv.cfg'), `home = ${join(await realpath(lab.python.executable), '..')}\n`);
  await symlink(lab.python.executable, join(root, 'bin', 'python'));
  for (const [name, text] of Object.entries(modules)) await writeFile(join(library, name), text);
  for (const { name, contents } of python.scripts(environment, {})) await writeFile(join(root, 'bin', name), contents);
  return { root, scripts: join(root, 'bin'), script: join(root, 'bin', 'activate_this.py'), library };
}
