import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Installation } from '../lab/install-packed.ts';

/** Programs that do the same, each a path; those that can't be had are not there. */
export interface Peers {
  readonly virtualenv?: string;
  readonly uv?: string;
  /** The standard library's own, with pip. */
  readonly venv?: string;
}

interface PeerRequest {
  readonly vivarium: Installation;
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  readonly missing: Map<string, string>;
  /** Nothing is downloaded. */
  readonly isSmall: boolean;
}

// Kept from run to run, so that they are downloaded once.
const DIRECTORY = fileURLToPath(new URL('../node_modules/.cache/peers', import.meta.url));

// What is compared with is the same on every machine; a newer version is a change that is seen in review.
const VERSIONS = { virtualenv: '21.15.11', uv: '0.13.9' } as const;

/** Installs virtualenv and uv with pip into an environment of the benchmark's own, unless they are there. */
export async function installPeers(here: PeerRequest): Promise<Peers> {
  return { ...(await fromIndex('virtualenv', here)), ...(await fromIndex('uv', here)), ...(await venvOf(here)) };
}

async function fromIndex(name: 'virtualenv' | 'uv', here: PeerRequest): Promise<Peers> {
  const directory = join(DIRECTORY, `${name}-${VERSIONS[name]}`);
  const program = join(directory, 'bin', name);
  if (here.isSmall) {
    here.missing.set(name, 'a small run is to show that ours runs');
    return {};
  }
  if (existsSync(program)) return { [name]: program };
  const [node, bin] = here.vivarium.command;
  const options = { env: here.env, extendEnv: false };
  try {
    await execa(node, [bin, 'create', '--clear', '--force', '-p', here.python, directory], options);
    await execa(join(directory, 'bin/pip'), ['install', '--quiet', `${name}==${VERSIONS[name]}`], options);
    return { [name]: program };
  } catch (error) {
    here.missing.set(name, `pip can't install it: ${lastLine(error)}`);
    return {};
  }
}

async function venvOf({ python, env, missing }: PeerRequest): Promise<Peers> {
  try {
    await execa(python, ['-c', 'import venv, ensurepip'], { env, extendEnv: false });
    return { venv: python };
  } catch (error) {
    missing.set('python -m venv', `${python} has no venv or no ensurepip: ${lastLine(error)}`);
    return {};
  }
}

function lastLine(error: unknown): string {
  return String(error).trim().split('\n').at(-1) ?? '';
}
