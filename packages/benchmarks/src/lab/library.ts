import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvironmentOptions } from 'vivarium';
import type { Sample } from '../measure/sample.ts';
import type { Lab } from './lab.ts';

/** The library as it is installed, in this process. */
export interface Library {
  create(destination: string, options?: Partial<EnvironmentOptions>): Promise<unknown>;
  ensure(destination: string, options?: Partial<EnvironmentOptions>): Promise<unknown>;
}

/** Loads the installed library and fills a cache for it, byte code too. */
export async function openLibrary(lab: Lab): Promise<Library> {
  const { createEnvironment, ensureEnvironment }: typeof import('vivarium') = await import(
    pathToFileURL(join(lab.vivarium.dist, 'index.js')).href
  );
  const base = { python: lab.python, env: lab.env, appData: join(lab.directory, 'library-cache') } as const;
  const create: Library['create'] = (destination, options) => createEnvironment({ destination, ...base, ...options });
  const ensure: Library['ensure'] = (destination, options) => ensureEnvironment({ destination, ...base, ...options });
  const to = lab.newPath();
  await create(to, { pluginSettings: { compileSeeds: 'now' } });
  lab.remove(to);
  return { create, ensure };
}

/** What work in this process takes. */
export async function timeHere(work: () => Promise<unknown>): Promise<Required<Pick<Sample, 'wall' | 'cpu'>>> {
  const usedBefore = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const used = process.cpuUsage(usedBefore);
  return { wall, cpu: (used.user + used.system) / 1000 };
}
