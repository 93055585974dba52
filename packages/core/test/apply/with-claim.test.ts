import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type ClaimRequest, withClaim } from '@vivarium/core/internal';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';
import { killedRun, testCache } from './killed-run.ts';
import { refuse } from './refused.ts';

/** What is claimed below a directory of its own, and what is in there besides the destination. */
function makeClaim(more: Partial<ClaimRequest> = {}) {
  const directory = testDirectory();
  const request: ClaimRequest = {
    destination: join(directory, 'env'),
    cache: testCache(),
    signal: new AbortController().signal,
    ...more,
  };
  return { directory, request, runs: () => readdirSync(directory).filter((name) => name.startsWith('.vivarium-')) };
}

/** Holds a claim until it is let go. */
async function hold(request: ClaimRequest) {
  let release = (): void => {};
  let done: Promise<void> = Promise.resolve();
  await new Promise<void>((held) => {
    done = withClaim(request, () => {
      held();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
  });
  return {
    release(): Promise<void> {
      release();
      return done;
    },
  };
}

test('one at a time does what is done with a claim, and gets its result; nothing is left', async () => {
  const { directory, request } = makeClaim();
  let running = 0;
  const results = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      withClaim(request, async () => {
        running += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        const together = running;
        running -= 1;
        return [index, together];
      }),
    ),
  );
  expect(results).toEqual(Array.from({ length: 5 }, (_, index) => [index, 1]));
  expect(readdirSync(directory)).toEqual([]);
});

test('an error of what is done is passed on, and the claim ends, with the directories that it created', async () => {
  const { directory, request } = makeClaim();
  const destination = join(directory, 'a/b/env');
  const failing = withClaim({ ...request, destination }, async () => {
    expect(readdirSync(join(directory, 'a/b'))).toHaveLength(1);
    throw new Error('no more');
  });
  await expect(failing).rejects.toThrow('no more');
  expect(readdirSync(directory)).toEqual([]);
});

test('claims of other destinations are not waited for', async () => {
  const { directory, request } = makeClaim();
  const { release } = await hold(request);
  expect(await withClaim({ ...request, destination: join(directory, 'other') }, async () => 'done')).toBe('done');
  await release();
});

describe('the work is done without a claim', () => {
  test('where nothing can be created next to the destination', async () => {
    const { directory, request } = makeClaim();
    const refused = refuse('mkdirSync', 'EACCES', (path) => basename(path).startsWith('.vivarium-'));
    const destination = join(directory, 'a/env');
    expect(await withClaim({ ...request, destination }, async () => contentOf(directory))).toEqual({});
    expect(refused.count).toBe(1);
  });

  test('when another holder has done it already', async () => {
    const { request, runs } = makeClaim();
    const { release } = await hold(request);
    const settled = vi.fn(() => settled.mock.calls.length > 2);
    expect(await withClaim({ ...request, isSettled: settled }, async () => runs().length)).toBe(2);
    expect(settled).toHaveBeenCalledTimes(3);
    await release();
  });
});

test('an interruption ends the wait, and the claim of another stays', async () => {
  const { request, runs } = makeClaim();
  const { release } = await hold(request);
  const controller = new AbortController();
  const act = vi.fn(async () => {});
  const waiting = withClaim({ ...request, signal: controller.signal }, act);
  controller.abort('enough');
  await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED', message: 'Interrupted', cause: 'enough' });
  expect(act).not.toHaveBeenCalled();
  expect(runs()).toHaveLength(1);
  await release();
  expect(runs()).toEqual([]);
});

describe('of a run that was killed', () => {
  test('the claim is taken away', async () => {
    const { request, runs } = makeClaim();
    const { path, pathOf } = killedRun(request.destination, request.cache);
    mkdirSync(pathOf('busy'));
    await withClaim(request, async () => expect(existsSync(path)).toBe(false));
    expect(runs()).toEqual([]);
  });

  test.each(['old', 'back', 'out'] as const)('what it kept aside stays (%s)', async (role) => {
    const { request, runs } = makeClaim();
    const { path, pathOf } = killedRun(request.destination, request.cache);
    mkdirSync(pathOf(role));
    await withClaim(request, async () => {});
    expect(runs()).toEqual([basename(path)]);
    expect(readdirSync(path)).toHaveLength(2);
  });
});

describe('a holder that shows that it is at work', () => {
  const fakeIntervals = (): void => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
  };

  test.each([true, false])('touches its directory every five seconds, and no other does (%s)', async (isShown) => {
    fakeIntervals();
    const { directory, request, runs } = makeClaim({ isShown });
    await withClaim(request, async () => {
      const path = join(directory, runs()[0] ?? '');
      utimesSync(path, 1, 1);
      vi.advanceTimersByTime(4999);
      expect(statSync(path).mtimeMs).toBe(1000);
      vi.advanceTimersByTime(1);
      expect(statSync(path).mtimeMs > 1000).toBe(isShown);
      // A run that took it for one that has ended has taken it away.
      rmSync(path, { recursive: true });
      vi.advanceTimersByTime(5000);
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('has ended, if it is of another host, after a minute in which it did not', async () => {
    const { request, directory } = makeClaim();
    const { path, pathOf } = killedRun(request.destination, request.cache);
    mkdirSync(pathOf('busy'));
    const [, prefix = '', , ...rest] = basename(path).split('-');
    const foreign = join(directory, ['.vivarium', prefix, '0123abcd', ...rest].join('-'));
    renameSync(path, foreign);
    const controller = new AbortController();
    const isClaimed = async (isShown: boolean): Promise<boolean> => {
      const isSettled = vi.fn(() => isSettled.mock.calls.length > 1);
      await withClaim({ ...request, isShown, isSettled, signal: controller.signal }, async () => {});
      return isSettled.mock.calls.length === 1;
    };
    const now = statSync(foreign).ctimeMs;
    const clock = vi.spyOn(Date, 'now');
    onTestFinished(() => void clock.mockRestore());
    clock.mockReturnValue(now + 59_000);
    expect(await isClaimed(true)).toBe(false);
    clock.mockReturnValue(now + 61_000);
    expect(await isClaimed(true)).toBe(true);
    expect(await isClaimed(false)).toBe(false);
    expect(readdirSync(dirname(foreign))).toEqual([basename(foreign)]);
  });
});
