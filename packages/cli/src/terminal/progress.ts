import type { RunEvent } from '@vivarium/core/host';
import { printable } from '@vivarium/core/internal';
import { formatBytes } from './format-bytes.ts';
import { writeMessage } from './write.ts';

/** One line at the terminal that says how far a run is. */
export interface Progress {
  emit(event: RunEvent): void;
  /** Takes the line away, so that something else can be written. */
  clear(): void;
}

// A line that changes more often can't be read.
const EVERY_MS = 80;
const DEFAULT_COLUMNS = 80;
const CLEAR = '\r\u001B[K';

/** Shows the progress of a run on standard error, which has to be a terminal. */
export function openProgress(): Progress {
  // A terminal that does not know its size has none.
  const columns = process.stderr.columns || DEFAULT_COLUMNS;
  let shown = '';
  let at = Number.NEGATIVE_INFINITY;
  return {
    emit(event) {
      const text = describe(event);
      if (text === undefined) return;
      const now = performance.now();
      // The beginning of a phase and its end are shown in any case.
      const isBetween = 'done' in event && event.done < (event.total ?? Number.POSITIVE_INFINITY);
      if (isBetween && now - at < EVERY_MS) return;
      at = now;
      const line = printable(text).slice(0, Math.max(columns - 1, 1));
      if (line === shown) return;
      shown = line;
      writeMessage(`${CLEAR}${line}`);
    },
    clear() {
      if (shown !== '') writeMessage(CLEAR);
      shown = '';
    },
  };
}

/** What a line says of an event; nothing of what takes no time. */
export function describe(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'resolve':
      return `resolving requirements with ${event.resolver}`;
    case 'download':
      return `fetching ${event.packages.length} ${event.packages.length === 1 ? 'package' : 'packages'}`;
    case 'fetch':
      return `fetched ${event.done} of ${event.total} packages`;
    case 'unpack':
      return `unpacking ${event.package}: ${event.done} of ${event.total} files`;
    case 'compile':
      return `compiling ${event.package}`;
    case 'steps':
      return `installing: ${event.done} of ${event.total} files`;
    case 'python':
      return describePython(event);
    default:
      return undefined;
  }
}

const PHASES = { download: 'fetching', unpack: 'unpacking', start: 'starting' } as const;

function describePython({ phase, python, done, total }: Extract<RunEvent, { readonly type: 'python' }>): string {
  const amount = total === undefined ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`;
  return phase === 'start' ? `${PHASES[phase]} ${python}` : `${PHASES[phase]} ${python}: ${amount}`;
}
