import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginHost } from '../plugin-host.ts';
import { upwardFrom } from './find-package.ts';

const LOCK_FILES = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun' } as const;

/** The command that puts a package where a plugin is found, for the package manager by which the program was installed. */
export function installCommand(name: string, host: PluginHost): string {
  const startedAs = (host.startedAs ?? process.argv[1] ?? host.ownFile ?? host.cwd).replaceAll('\\', '/');
  if (/\/_npx\//.test(startedAs)) return `npx -p vivarium -p ${name} vivarium …`;
  if (/\/dlx[-/]/.test(startedAs)) return `pnpm --package=vivarium --package=${name} dlx vivarium …`;
  const manager = managerOf(host, startedAs);
  if (!isLocal(startedAs)) {
    // Since pnpm 11, packages that are named together with a comma can find each other, and others can't.
    if (manager === 'pnpm') return `pnpm add -g vivarium,${name}`;
    return manager === 'bun' ? `bun add -g ${name}` : `npm install -g ${name}`;
  }
  return {
    npm: `npm install -D ${name}`,
    pnpm: `pnpm add -D ${name}`,
    yarn: `yarn add -D ${name}`,
    bun: `bun add -d ${name}`,
  }[manager];
}

function managerOf({ env, cwd }: PluginHost, startedAs: string): 'npm' | 'pnpm' | 'yarn' | 'bun' {
  const [agent = ''] = (env.npm_config_user_agent ?? '').split('/');
  if (agent === 'npm' || agent === 'pnpm' || agent === 'yarn' || agent === 'bun') return agent;
  if (/\/\.?pnpm\//.test(startedAs)) return 'pnpm';
  if (/\/\.bun\//.test(startedAs)) return 'bun';
  if (/\/\.yarn\//.test(startedAs)) return 'yarn';
  if (!isLocal(startedAs)) return 'npm';
  for (const directory of upwardFrom(cwd)) {
    const lockFile = (Object.keys(LOCK_FILES) as (keyof typeof LOCK_FILES)[]).find((it) =>
      existsSync(join(directory, it)),
    );
    if (lockFile !== undefined) return LOCK_FILES[lockFile];
  }
  return 'npm';
}

/** Whether the program was started out of a project's `node_modules`, which has a `package.json` next to it. */
function isLocal(startedAs: string): boolean {
  if (/\/pnpm\/global\//.test(startedAs)) return false;
  if (/\/\.yarn\//.test(startedAs)) return true;
  const end = startedAs.indexOf('/node_modules/');
  return end !== -1 && existsSync(`${startedAs.slice(0, end)}/package.json`);
}
