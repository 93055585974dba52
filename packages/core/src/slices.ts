/**
 * Work that is divided: each `yield` is a place at which it may wait. A program that has nothing else to do goes through
 * it without waiting, and a host that has (the event loop of an application) gets its turn in between.
 */
export type Slices<T = void> = Generator<void, T>;

/** Asked between two slices; the promise, if there is one, is waited for. */
export type Pause = () => Promise<void> | undefined;

/** Does divided work, and waits between slices where `pause` says so. */
export async function inSlices<T>(slices: Slices<T>, pause: Pause | undefined): Promise<T> {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
    const wait = pause?.();
    if (wait !== undefined) await wait;
  }
}

/** Does divided work without waiting. */
export function atOnce<T>(slices: Slices<T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/** A pause that lets the event loop go on when it was held for so many milliseconds. */
export function pauseEvery(milliseconds: number): Pause {
  let since = performance.now();
  return () => {
    if (performance.now() - since < milliseconds) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
