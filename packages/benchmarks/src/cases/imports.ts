import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { diskUsage } from '../measure/disk-usage.ts';
import { nodeItself } from './node.ts';

// What applications in Node.js use for Pythons and other programs. What is compared with is the same on every machine.
const PACKAGES = {
  which: '5.0.0',
  'cross-spawn': '7.0.6',
  tinyexec: '1.4.0',
  'python-shell': '5.0.0',
  'nano-spawn': '2.1.0',
  execa: '9.6.1',
  zx: '8.8.5',
  shelljs: '0.10.0',
  'node-gyp': '12.4.0',
} as const;

// Kept from run to run, so that they are downloaded once.
const DIRECTORY = fileURLToPath(new URL('../node_modules/.cache/packages', import.meta.url));

export const imports: Case = {
  name: 'imports',
  title: 'Importing a library, the start of Node included, and what npm installs for it',
  measures: ['wall', 'cpu', 'disk'],
  contenders: async (lab) => [
    importing(lab, 'vivarium', join(lab.vivarium.dist, '../../..')),
    ...(await others(lab)),
    nodeItself(lab),
  ],
};

async function others(lab: Lab): Promise<readonly Contender[]> {
  // Nothing is downloaded in a small run.
  if (lab.isSmall) return [];
  const contenders: Contender[] = [];
  for (const [name, version] of Object.entries(PACKAGES)) {
    const directory = join(DIRECTORY, `${name}-${version}`);
    try {
      await install(`${name}@${version}`, directory);
      contenders.push(importing(lab, name, directory));
    } catch (error) {
      lab.missing.set(name, `npm can't install it: ${String(error).trim().split('\n').at(-1)}`);
    }
  }
  return contenders;
}

async function install(wanted: string, directory: string): Promise<void> {
  if (existsSync(join(directory, 'node_modules'))) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{}\n');
  await execa('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', wanted], { cwd: directory });
}

function importing(lab: Lab, name: string, cwd: string): Contender {
  const argv = [process.execPath, '-e', `import(${JSON.stringify(name)})`] as const;
  return {
    name,
    measure: async () => ({
      ...(await lab.stopwatch.time(lab.command(argv, { cwd }))),
      disk: await diskUsage(join(cwd, 'node_modules')),
    }),
  };
}
