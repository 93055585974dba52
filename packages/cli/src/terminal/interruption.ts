/**
 * A signal that is aborted by SIGINT or SIGTERM, so that what is being made can be taken away before the process ends.
 * A second one ends it at once.
 */
export function abortOnInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(name);
    });
  }
  return controller.signal;
}
