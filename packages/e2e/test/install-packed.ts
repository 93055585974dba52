import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory that the packed packages were installed into with npm. */
    installation: string;
    /** The packed packages. */
    tarballs: readonly string[];
  }
}

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGES = ['cli', 'seed-wheels', 'virtualenv'];

/** Packs the command and what it depends on, and installs them with npm in an empty directory, as a user would. */
export default async function installPacked(project: TestProject): Promise<() => void> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-e2e-')));
  const [tarballs, installation] = [join(directory, 'tarballs'), join(directory, 'installation')];
  mkdirSync(installation);
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
  await execa('npm', ['install', '--offline', '--no-audit', '--no-fund', ...files], { cwd: installation });
  project.provide('installation', installation);
  project.provide('tarballs', files);
  return () => rmSync(directory, { recursive: true, force: true });
}
