import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { commit, copyWorkspace } from './publish.ts';
import { type Registry, startRegistry } from './verdaccio.ts';
import type { Finished } from './vivarium.ts';

/** Everything, published to a registry on this machine. */
export interface Published {
  readonly directory: string;
  readonly registry: Registry;
  /** The workspace that it was published from. */
  readonly workspace: string;
  /** What the release script printed. */
  readonly released: string;
  /** a machine of a third-party user: a home and a global prefix of its own, nothing but npm, pnpm and Python on it. */
  newMachine(name: string): Machine;
  stop(): Promise<void>;
}

/** Where a third-party user works. */
export interface Machine {
  /** The home; commands start here unless they say otherwise. */
  readonly home: string;
  /** Where `npm install --global` puts things. */
  readonly prefix: string;
  run(
    command: string,
    args: readonly string[],
    options?: { readonly cwd?: string; readonly env?: Env },
  ): Promise<Finished>;
  /** Runs a line of a POSIX shell, as one types it. */
  shell(line: string, cwd?: string): Promise<Finished>;
}

type Env = Readonly<Record<string, string>>;

/** Versions, builds what carries its version in itself, and releases a copy of the workspace. */
export async function publishEverything(): Promise<Published> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-published-')));
  const workspace = join(directory, 'workspace');
  const { stdout: upstream } = await execa('npm', ['config', 'get', 'registry']);
  const [registry] = await Promise.all([
    startRegistry(join(directory, 'registry'), upstream),
    copyWorkspace(workspace),
  ]);
  const stop = async (): Promise<void> => {
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await execa('node_modules/.bin/changeset', ['version'], { cwd: workspace });
    const rebuilt = ['cli', 'create-vivarium-plugin', 'virtualenv'].filter((name) =>
      existsSync(join(workspace, 'packages', name)),
    );
    for (const name of rebuilt) {
      const cwd = join(workspace, 'packages', name);
      await execa('../../node_modules/.bin/tsup', ['--no-dts', '--no-clean', '--silent'], { cwd });
    }
    await commit(workspace, 'Version the packages');
    const home = join(directory, 'maintainer');
    mkdirSync(home);
    writeFileSync(join(home, '.npmrc'), registry.configuration);
    const { stdout } = await execa('node', ['scripts/release.mjs', '--only-publish', '--registry', registry.url], {
      cwd: workspace,
      env: { HOME: home, npm_config_userconfig: join(home, '.npmrc'), npm_config_registry: registry.url },
    });
    return {
      directory,
      registry,
      workspace,
      released: stdout,
      newMachine: (name) => newMachine(directory, name, registry),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function newMachine(directory: string, name: string, registry: Registry): Machine {
  const home = join(directory, name);
  const prefix = join(home, 'prefix');
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(home, '.npmrc'), `${registry.configuration}prefix=${prefix}\n`);
  const workspaceTools = join(realpathSync(join(directory, 'workspace', 'node_modules')), '.bin');
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !/node_modules|node-gyp-bin|\.pyenv/.test(entry));
  const env = {
    ...Object.fromEntries(PASSED_ON.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : []))),
    PATH: [join(prefix, 'bin'), join(home, 'pnpm'), join(home, 'pnpm', 'bin'), join(home, 'tools'), ...path].join(
      delimiter,
    ),
    HOME: home,
    PNPM_HOME: join(home, 'pnpm'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    npm_config_cache: join(directory, 'npm-cache'),
    npm_config_userconfig: join(home, '.npmrc'),
    LANG: 'C.UTF-8',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${name}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${name}@example.com`,
    VIVARIUM_COMPILE_SEEDS: 'never',
    VIVARIUM_HOSTILE_NAMES: '40',
  };
  writePnpm(join(home, 'tools'), workspaceTools);
  const run: Machine['run'] = async (command, args, options = {}) => {
    const { exitCode, stdout, stderr } = await execa(command, args, {
      cwd: options.cwd ?? home,
      env: { ...env, ...options.env },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    return { exitCode, stdout, stderr };
  };
  return { home, prefix, run, shell: (line, cwd) => run('sh', ['-euc', line], cwd === undefined ? {} : { cwd }) };
}

const PASSED_ON = ['TMPDIR', 'CI', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

// The pnpm that this workspace was installed with, and none of its other tools.
function writePnpm(directory: string, workspaceTools: string): void {
  mkdirSync(directory);
  writeFileSync(join(directory, 'pnpm'), `#!/bin/sh\nexec '${join(workspaceTools, 'pnpm')}' "$@"\n`, { mode: 0o755 });
}

/** How many packages are in a `node_modules`, and how many bytes their files have. */
export function measure(modules: string): { readonly packages: number; readonly bytes: number } {
  const manifests = list(modules).filter((path) =>
    /(?:^|node_modules\/)(?:@[^/]+\/)?[^/@]+\/package\.json$/.test(path),
  );
  const bytes = list(modules).reduce((sum, path) => sum + readFileSync(join(modules, path)).length, 0);
  return { packages: manifests.length, bytes };
}

function list(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
}
