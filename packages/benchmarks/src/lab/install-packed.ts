import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The command as npm has installed it. */
export interface Installation {
  /** `dist` of the installed package. */
  readonly dist: string;
  /** What `vivarium` starts: Node and the file that it runs. */
  readonly command: readonly [string, string];
}

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGES = ['cli', 'seed-wheels'];

/** Packs the command and what it depends on, and installs them with npm in an empty directory, as a user would. */
export async function installPacked(directory: string): Promise<Installation> {
  const tarballs = join(directory, 'tarballs');
  mkdirSync(tarballs, { recursive: true });
  for (const name of PACKAGES) {
    const cwd = join(REPOSITORY, 'packages', name);
    // Without the check that the wheels are there: where they could not be fetched, what works without them is tested.
    await execa('pnpm', ['--config.ignore-scripts=true', 'pack', '--pack-destination', tarballs], {
      cwd,
      preferLocal: true,
      localDir: REPOSITORY,
    });
  }
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', ...files], { cwd: directory });
  const installed = join(directory, 'node_modules/vivarium');
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  return { dist: join(installed, 'dist'), command: [process.execPath, join(installed, bin.vivarium)] };
}

/** The newest CPython 3 that the command finds. */
export async function pythonFor(vivarium: Installation, env: Readonly<Record<string, string>>): Promise<string> {
  const [node, bin] = vivarium.command;
  const { stdout } = await execa(node, [bin, 'pythons', '--json', 'cpython3'], { env, extendEnv: false });
  const [newest] = (JSON.parse(stdout) as { readonly pythons: readonly { readonly executable: string }[] }).pythons;
  if (newest === undefined) throw new Error('There is no CPython 3 on this machine');
  return newest.executable;
}
