import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { seedingMakers } from '../peers/makers.ts';
import type { Lab } from './lab.ts';

/** A tree as an image has it: pip with byte code. */
export interface Tree {
  /** Absolute. */
  readonly source: string;
  /** From the root, each after the one that it is in. */
  readonly directories: readonly string[];
  readonly files: readonly string[];
}

/** The site-packages of a new environment. */
export async function pipTree(lab: Lab): Promise<Tree> {
  const [ours] = seedingMakers(lab);
  const to = lab.newPath();
  const command = ours?.create(to);
  if (command === undefined) throw new Error('No one creates environments');
  await lab.stopwatch.time({ ...command, argv: [...command.argv, '--compile-seeds=now', '--link-mode=copy'] });
  const [python = ''] = readdirSync(join(to, 'lib'));
  const source = join(to, 'lib', python, 'site-packages');
  const directories: string[] = [];
  const files: string[] = [];
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(source.length + 1);
    (entry.isDirectory() ? directories : files).push(path);
  }
  return { source, directories: directories.sort(), files };
}
