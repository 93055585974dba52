import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Machine } from './published.ts';
import type { Finished } from './vivarium.ts';

/** A fenced block of the tutorial. */
export interface Block {
  readonly language: string;
  /** The file that it is the whole of; without it, it is there to be run. */
  readonly title?: string;
  readonly text: string;
}

const TUTORIAL = fileURLToPath(new URL('../../../docs/plugins/tutorial.md', import.meta.url));

/** The blocks of the tutorial, in their order. */
export function tutorialBlocks(): readonly Block[] {
  const blocks = readFileSync(TUTORIAL, 'utf8').matchAll(/^```(\w+)(?: title="([^"]+)")?\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, language = '', title, text = '']) => ({
    language,
    ...(title === undefined ? {} : { title }),
    text,
  }));
}

/** What a block did, and where the person stands now. */
export interface Followed extends Finished {
  readonly directory: string;
}

/** Does what a block says, as someone would who stands in that directory. */
export async function follow(machine: Machine, { language, title, text }: Block, directory: string): Promise<Followed> {
  if (title !== undefined) {
    mkdirSync(dirname(join(directory, title)), { recursive: true });
    writeFileSync(join(directory, title), text);
    return { exitCode: 0, stdout: '', stderr: '', directory };
  }
  if (language === 'elvish') {
    return { ...(await machine.run('elvish', ['-norc', '-c', text], { cwd: directory })), directory };
  }
  const place = join(machine.home, '.place');
  const finished = await machine.shell(`${text}\npwd >'${place}'`, directory);
  return { ...finished, directory: finished.exitCode === 0 ? readFileSync(place, 'utf8').trimEnd() : directory };
}
