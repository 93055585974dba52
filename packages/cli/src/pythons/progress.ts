import type { Context } from '@vivarium/core/host';
import { isSeen } from '../terminal/console.ts';
import { describe } from '../terminal/progress.ts';

/** A line that tells how far the work is, where someone is looking on; `undefined` ends it. */
export async function openProgress(first: string): Promise<((text: string | undefined) => void) | undefined> {
  if (!isSeen()) return undefined;
  const { default: yoctoSpinner } = await import('yocto-spinner');
  const spinner = yoctoSpinner({ text: first }).start();
  return (text) => {
    if (text === undefined) spinner.stop();
    else spinner.text = text;
  };
}

/** Does something that fetches Pythons, and shows how far it is where someone sees it. */
export async function withProgress(context: Context, act: (context: Context) => Promise<void>): Promise<void> {
  const progress = await openProgress('reading the list of Pythons');
  try {
    await act(progress === undefined ? context : { ...context, emit: (event) => progress(describe(event) ?? '') });
  } finally {
    progress?.(undefined);
  }
}
