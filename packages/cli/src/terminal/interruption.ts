import { VivariumError } from '@vivarium/core/host';

// npm and npx pass on the Ctrl-C that the terminal has already sent to all: that is one request, not two.
const ONE_REQUEST_MS = 1000;

/**
 * A signal that is aborted by SIGINT, SIGTERM or SIGHUP, so that what is being made can be taken away before the process
 * ends. Another one a second later ends it at once.
 */
export function abortOnInterruption(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) firstAt = Date.now();
      else if (Date.now() - firstAt > ONE_REQUEST_MS) process.exit(130);
      controller.abort(new VivariumError('INTERRUPTED', 'Interrupted', { cause: name }));
    });
  }
  return controller.signal;
}
