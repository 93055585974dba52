import { type Listed, type ListRequest, listEnvironments } from '@vivarium/environments';
import { currentDirectory } from '../start/cwd.ts';
import { isSeen } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';

/** What was found, and whether the search ended at a limit. */
export interface Collected {
  readonly listed: readonly Listed[];
  readonly isCutShort: boolean;
}

/** Searches to the end, and says how far it is where someone sees it. */
export async function collect(request: Omit<ListRequest, 'env' | 'cwd' | 'signal' | 'onProgress'>): Promise<Collected> {
  const listed: Listed[] = [];
  const signal = abortOnInterruption();
  const progress = isSeen()
    ? (await import('yocto-spinner')).default({ text: 'looking for environments' }).start()
    : undefined;
  const onProgress = (directories: number): void => {
    if (progress !== undefined) progress.text = `${listed.length} environments, ${directories} directories read`;
  };
  try {
    const search = listEnvironments({ ...request, env: process.env, cwd: currentDirectory(), signal, onProgress });
    for (let next = await search.next(); ; next = await search.next()) {
      if (next.done === true) {
        signal.throwIfAborted();
        return { listed, isCutShort: next.value.isCutShort };
      }
      listed.push(next.value);
    }
  } finally {
    progress?.stop();
  }
}
