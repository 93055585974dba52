import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { bareMakers } from '../peers/makers.ts';

/** How a shell is started without its own start files, and how it reads a script. */
interface ActivationCase {
  readonly argv: readonly [string, ...string[]];
  readonly script: string;
  readonly read: (path: string) => string;
}

const SHELLS: Readonly<Record<string, ActivationCase>> = {
  bash: { argv: ['bash', '--norc', '--noprofile', '-c'], script: 'activate', read: (path) => `. ${path}` },
  zsh: { argv: ['zsh', '-f', '-c'], script: 'activate', read: (path) => `. ${path}` },
  dash: { argv: ['dash', '-c'], script: 'activate', read: (path) => `. ${path}` },
  fish: { argv: ['fish', '--no-config', '-c'], script: 'activate.fish', read: (path) => `source ${path}` },
  tcsh: { argv: ['tcsh', '-f', '-c'], script: 'activate.csh', read: (path) => `set prompt=; source ${path}` },
  nu: { argv: ['nu', '-n', '-c'], script: 'activate.nu', read: (path) => `overlay use ${path}` },
  pwsh: { argv: ['pwsh', '-NoProfile', '-Command'], script: 'activate.ps1', read: (path) => `. ${path}` },
};

export const activation: Case = {
  name: 'activation',
  title: 'Activating an environment, the start of the shell included',
  measures: ['wall', 'cpu'],
  contenders: async (lab) => {
    const made = await environments(lab);
    return Object.entries(SHELLS).flatMap(([name, shell]) => {
      const program = onPath(shell.argv[0]);
      if (program === undefined) {
        lab.missing.set(name, 'not on PATH');
        return [];
      }
      const run = (title: string, line: string): Contender => ({
        name: title,
        group: name,
        measure: () => lab.stopwatch.time(lab.command([program, ...shell.argv.slice(1), line])),
      });
      const scripts = made
        .map(({ name, directory }) => ({ name, path: join(directory, 'bin', shell.script) }))
        .filter(({ path }) => existsSync(path));
      return [
        ...scripts.map(({ name: maker, path }) => run(`${name}, script of ${maker}`, shell.read(path))),
        run(`${name} alone`, name === 'nu' ? 'null' : 'true'),
      ];
    });
  },
};

interface Made {
  readonly name: string;
  readonly directory: string;
}

async function environments(lab: Lab): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const { name, create } of bareMakers(lab)) {
    const directory = lab.newPath();
    await lab.stopwatch.time(create(directory));
    made.push({ name: name.split(' ')[0] ?? name, directory });
  }
  return made;
}

function onPath(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
