import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { basename, dirname, join } from 'node:path';
import { applyPlan, type Cache, openCache, type Step } from '@vivarium/core/host';
import { recoverDestination } from '@vivarium/core/internal';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';
import { type KilledRun, killedRun, runElsewhere, testCache } from './killed-run.ts';

const isRoot = process.getuid?.() === 0;
const asRoot = test.skipIf(!isRoot || process.platform !== 'linux');
const DAY_MS = 24 * 60 * 60 * 1000;
const file: Step = { kind: 'file', path: 'pyvenv.cfg', contents: 'new' };

interface Scene {
  readonly destination: string;
  readonly cache: Cache;
  readonly killed: KilledRun;
}

/** A run that was killed when it had moved the old environment, which has a file `mine`, away. */
function killedBetweenRenames(cache: Cache | undefined = testCache()): Scene {
  const destination = join(testDirectory(), 'env');
  const killed = killedRun(destination, cache, 'replace');
  mkdirSync(killed.pathOf('old'));
  writeFileSync(join(killed.pathOf('old'), 'mine'), '');
  return { destination, cache: cache ?? testCache(), killed };
}

/** The file with the secret by which the runs with a cache recognise what they leave behind. */
function secretOf(cache: Cache): string {
  const [secret = ''] = readdirSync(cache.directory, { recursive: true })
    .map((name) => join(cache.directory, String(name)))
    .filter((path) => basename(path) === 'key');
  return secret;
}

const isRestored = ({ destination }: Scene): boolean => existsSync(join(destination, 'mine'));

/** Whether runs leave it alone: neither the next one nor one over what that created takes it. */
async function isLeftAlone(scene: Scene, path = scene.killed.path): Promise<boolean> {
  const before = listOf(path);
  recoverDestination(scene.destination, scene.cache);
  if (isRestored(scene)) return false;
  for (const mode of ['create', 'replace', 'refresh'] as const) {
    await applyPlan(planOf(scene.destination, mode, [file]), { cache: scene.cache });
  }
  return listOf(path) === before;
}

function listOf(path: string): string {
  if (!lstatSync(path).isDirectory()) return 'no directory';
  return readdirSync(path, { recursive: true }).map(String).sort().join('\n');
}

describe('what a run of this user left', () => {
  test('is restored, and removed once something is at the destination', async () => {
    const scene = killedBetweenRenames();
    recoverDestination(scene.destination, scene.cache);
    expect(isRestored(scene)).toBe(true);
    await applyPlan(planOf(scene.destination, 'replace', [file]), { cache: scene.cache });
    expect(readdirSync(dirname(scene.destination))).toEqual(['env']);
  });

  test.each(['refresh', 'replace'] as const)(
    'next to and inside of an environment is removed by a %s',
    async (mode) => {
      const destination = join(testDirectory({ 'env/pyvenv.cfg': '' }), 'env');
      const cache = testCache();
      for (const place of ['replace', 'refresh'] as const) killedRun(destination, cache, place);
      await applyPlan(planOf(destination, mode, [file]), { cache });
      expect(readdirSync(dirname(destination))).toEqual(['env']);
      expect(readdirSync(destination)).toEqual(['pyvenv.cfg']);
    },
  );

  test('is restored by any secret that is not all zeros', () => {
    const cache = testCache();
    killedBetweenRenames(cache);
    writeFileSync(secretOf(cache), Buffer.from([0, ...Buffer.alloc(15, 255)]));
    const scene = killedBetweenRenames(cache);
    recoverDestination(scene.destination, cache);
    expect(isRestored(scene)).toBe(true);
  });

  test.runIf(process.platform === 'linux')('is let go of: no directory stays open', async () => {
    const openDirectories = (): readonly string[] =>
      readdirSync('/proc/self/fd').flatMap((fd) => {
        try {
          const path = readlinkSync(`/proc/self/fd/${fd}`);
          return path.startsWith(os.tmpdir()) ? [path] : [];
        } catch {
          return [];
        }
      });
    const before = openDirectories();
    const scene = killedBetweenRenames();
    const foreign = scene.killed.path.replace(/-\d+$/, '-999');
    mkdirSync(foreign);
    if (isRoot) chownSync(foreign, 12_345, 12_345);
    recoverDestination(scene.destination, scene.cache);
    for (const mode of ['replace', 'refresh'] as const) {
      await applyPlan(planOf(scene.destination, mode, [file]), { cache: scene.cache });
    }
    killedRun(scene.destination, scene.cache, 'refresh');
    recoverDestination(scene.destination, scene.cache);
    expect(openDirectories()).toEqual(before);
  });

  test('is removed if nothing is in it yet, without any proof', async () => {
    const { destination, killed } = killedBetweenRenames();
    for (const name of readdirSync(killed.path)) rmSync(join(killed.path, name), { recursive: true });
    await applyPlan(planOf(destination, 'create', [file]));
    expect(readdirSync(dirname(destination))).toEqual(['env']);
  });
});

describe('what does not prove that a run of this user created it is left alone', () => {
  test('there is no cache, so that nothing can be proven', async () => {
    const scene = killedBetweenRenames();
    expect(await isLeftAlone({ ...scene, cache: openCache({ directory: undefined }) })).toBe(true);
  });

  test('neither of the runs has a cache', async () => {
    const destination = join(testDirectory(), 'env');
    const killed = killedRun(destination, undefined, 'replace');
    const scene = { destination, killed, cache: openCache({ directory: undefined }) };
    expect(await isLeftAlone(scene)).toBe(true);
    recoverDestination(destination);
    expect(existsSync(killed.path)).toBe(true);
  });

  test('the run that was killed had no cache', async () => {
    const destination = join(testDirectory(), 'env');
    const killed = killedRun(destination, undefined, 'replace');
    expect(await isLeftAlone({ destination, killed, cache: testCache() })).toBe(true);
  });

  test('another user, with another secret, created it', async () => {
    expect(await isLeftAlone({ ...killedBetweenRenames(), cache: testCache() })).toBe(true);
  });

  test.each([
    ['is shorter', Buffer.alloc(8, 1)],
    ['is all zeros, as after a power failure', Buffer.alloc(16)],
  ])('the secret %s', async (_, key) => {
    const cache = testCache();
    const first = killedBetweenRenames(cache);
    recoverDestination(first.destination, cache);
    expect(isRestored(first)).toBe(true);
    writeFileSync(secretOf(cache), key);
    expect(await isLeftAlone(killedBetweenRenames(cache))).toBe(true);
  });

  test('the secret is gone', async () => {
    const scene = killedBetweenRenames();
    rmSync(secretOf(scene.cache));
    expect(await isLeftAlone(scene)).toBe(true);
  });

  test('no secret can be made, which keeps no run from its work', async () => {
    const directory = testDirectory();
    vi.stubEnv('TMPDIR', join(directory, 'none'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const cache = openCache({ directory: undefined });
    await applyPlan(planOf(join(directory, 'env'), 'create', [file]), { cache });
    expect(readdirSync(directory)).toEqual(['env']);
  });

  test('the secret is kept where no other user can read it', () => {
    const secret = secretOf(killedBetweenRenames().cache);
    expect(lstatSync(secret).mode & 0o777).toBe(0o600);
    expect(lstatSync(secret).size).toBe(16);
  });

  test('it was copied from another place, or to another name', async () => {
    const scene = killedBetweenRenames();
    const copy = scene.killed.path.replace(/-\d+$/, '-999');
    cpSync(scene.killed.path, copy, { recursive: true });
    recoverDestination(scene.destination, scene.cache);
    expect(existsSync(join(copy, basename(scene.killed.pathOf('old'))))).toBe(true);
    const elsewhere = join(testDirectory(), 'env');
    const moved = join(dirname(elsewhere), basename(copy));
    cpSync(copy, moved, { recursive: true });
    expect(await isLeftAlone({ ...scene, destination: elsewhere }, moved)).toBe(true);
  });

  test('something else is in it as well', async () => {
    const scene = killedBetweenRenames();
    writeFileSync(join(scene.killed.path, 'letter'), '');
    expect(await isLeftAlone(scene)).toBe(true);
  });

  test('a link is in its place', async () => {
    const scene = killedBetweenRenames();
    const elsewhere = testDirectory();
    renameSync(scene.killed.path, join(elsewhere, 'moved'));
    symlinkSync(join(elsewhere, 'moved'), scene.killed.path);
    expect(await isLeftAlone(scene)).toBe(true);
    expect(existsSync(join(elsewhere, 'moved', basename(scene.killed.pathOf('old')), 'mine'))).toBe(true);
  });

  test('a file is in its place', async () => {
    const scene = killedBetweenRenames();
    rmSync(scene.killed.path, { recursive: true });
    writeFileSync(scene.killed.path, '');
    expect(await isLeftAlone(scene)).toBe(true);
  });

  asRoot('it belongs to another user', async () => {
    const scene = killedBetweenRenames();
    chownSync(scene.killed.path, 12_345, 12_345);
    expect(await isLeftAlone(scene)).toBe(true);
  });

  test('it has a name that anybody can compute, and planted code in it', async () => {
    const scene = killedBetweenRenames();
    const planted = scene.killed.path.replace(/-\d+-\d+-\d+$/, '-999999-1-1');
    mkdirSync(join(planted, 'old'), { recursive: true });
    for (const name of ['old-unproven', 'old-', 'old-0000000000000000']) {
      mkdirSync(join(planted, name));
      writeFileSync(join(planted, name, 'evil.pth'), '');
    }
    rmSync(scene.killed.path, { recursive: true });
    expect(await isLeftAlone(scene, planted)).toBe(true);
    expect(existsSync(join(scene.destination, 'evil.pth'))).toBe(false);
  });
});

describe('a run that may still be at work is never taken for one that has ended', () => {
  /** The same, with another maker in its name: what was proven for one name is proven for this one. */
  function madeBy(change: (maker: string[]) => void): Scene {
    const cache = testCache();
    const destination = join(testDirectory(), 'env');
    const killed = killedRun(destination, cache, 'replace');
    const parts = basename(killed.path).split('-');
    const maker = parts.slice(2, -1);
    change(maker);
    const path = join(dirname(destination), [...parts.slice(0, 2), ...maker, parts.at(-1)].join('-'));
    rmSync(killed.path, { recursive: true });
    mkdirSync(path, { mode: 0o700 });
    return { destination, cache, killed: { path, pathOf: killed.pathOf } };
  }

  /** Whether a run for its destination removes it. It is empty, so that it needs no proof. */
  async function isRemoved({ destination, cache, killed }: Scene): Promise<boolean> {
    await applyPlan(planOf(destination, 'create', [file]), { cache });
    rmSync(destination, { recursive: true });
    return !existsSync(killed.path);
  }

  const [KERNEL, NAMESPACE, PID, START] = [0, 1, 2, 3] as const;
  const inDays = (days: number): void => {
    vi.restoreAllMocks();
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + days * DAY_MS);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
  };

  test('it has ended if its process is gone', async () => {
    expect(await isRemoved(madeBy(() => {}))).toBe(true);
  });

  test('it runs if its process runs and started when it says', async () => {
    const start = startOf(process.pid);
    const scene = madeBy((maker) => maker.splice(PID, 2, String(process.pid), start));
    expect(await isRemoved(scene)).toBe(false);
    inDays(100);
    expect(await isRemoved(scene)).toBe(false);
  });

  test('it has ended if another process has its number by now', async () => {
    expect(await isRemoved(madeBy((maker) => maker.splice(PID, 2, String(process.pid), '1')))).toBe(true);
  });

  test('it runs if it could not tell when it started, and a process has its number', async () => {
    expect(await isRemoved(madeBy((maker) => maker.splice(PID, 2, String(process.pid), '0')))).toBe(false);
  });

  asRoot('it runs if its process belongs to another user', async () => {
    const sleeping = execFileSync('sh', ['-c', 'setpriv --reuid 12345 --clear-groups sleep 60 >&- 2>&- & echo $!']);
    const pid = Number(String(sleeping));
    onTestFinished(() => void process.kill(pid));
    const scene = madeBy((maker) => maker.splice(PID, 2, String(pid), startOf(pid)));
    expect(await isRemoved(scene)).toBe(false);
  });

  test.each([
    ['another kernel (another host of the same name, say)', KERNEL],
    ['another namespace of process numbers (a container, say)', NAMESPACE],
  ])('of %s nothing is known for seven days', async (_, part) => {
    const scene = madeBy((maker) => maker.splice(part, 1, '0123abcd'));
    expect(await isRemoved(scene)).toBe(false);
    sinceStart(30 * 24 * 60 * 60);
    inDays(6.99);
    expect(await isRemoved(scene)).toBe(false);
    inDays(7.01);
    expect(await isRemoved(scene)).toBe(true);
  });

  test('it has ended with its kernel, if it began before this one and nothing but that could reach the disk', async () => {
    const scene = madeBy((maker) => maker.splice(KERNEL, 1, '0123abcd'));
    const sameKernel = madeBy((maker) => maker.splice(NAMESPACE, 1, '0123abcd'));
    inDays(2);
    sinceStart(2 * 24 * 60 * 60 + 30);
    expect(await isRemoved(scene)).toBe(false);
    sinceStart(2 * 24 * 60 * 60 - 120);
    expect(await isRemoved(sameKernel)).toBe(false);
    expect(await isRemoved(scene)).toBe(isOnDisk(scene.destination));
  });

  test('nothing is known of what does not know its own kernel or namespace', async () => {
    for (const part of [KERNEL, NAMESPACE, START] as const) {
      const scene = madeBy((maker) => {
        maker[PID] = String(process.pid);
        maker[part] = part === START ? '0' : '00000000';
      });
      expect(await isRemoved(scene)).toBe(false);
    }
  });

  asRoot('it runs if `/proc` hides it, in a mount namespace of its own', () => {
    const { destination, cache, killed } = madeBy((maker) =>
      maker.splice(PID, 2, String(process.pid), startOf(process.pid)),
    );
    chmodSync(cache.directory, 0o700);
    const code = `
      import { writeSync } from 'node:fs';
      await applyPlan(${JSON.stringify(planOf(destination, 'create', [file]))});`;
    const hidden = 'mount -t proc -o hidepid=2 proc /proc && exec "$@"';
    runElsewhere(code, 'unshare', '-m', 'sh', '-c', hidden, 'sh');
    expect(existsSync(join(destination, 'pyvenv.cfg'))).toBe(true);
    expect(existsSync(killed.path)).toBe(true);
  });

  asRoot.each([['--mount-proc'], ['--fork']])(
    'it runs if it is outside of the container: unshare --pid --fork %s',
    (option) => {
      const scene = madeBy((maker) => maker.splice(PID, 2, String(process.pid), startOf(process.pid)));
      const code = `await applyPlan(${JSON.stringify(planOf(scene.destination, 'create', [file]))});`;
      runElsewhere(code, 'unshare', '--pid', '--fork', option);
      expect(existsSync(join(scene.destination, 'pyvenv.cfg'))).toBe(true);
      expect(existsSync(scene.killed.path)).toBe(true);
    },
  );
});

/** Lets this system have started so many seconds ago. */
function sinceStart(seconds: number): void {
  const real = os.uptime;
  os.uptime = () => seconds;
  syncBuiltinESMExports();
  onTestFinished(() => {
    os.uptime = real;
    syncBuiltinESMExports();
  });
}

/** Whether a place is on a file system that two hosts can't share: ext4, XFS, Btrfs, F2FS, tmpfs. */
function isOnDisk(path: string): boolean {
  return /^(?:ext[234]|ext2\/ext3|xfs|btrfs|f2fs|tmpfs)$/.test(
    execFileSync('stat', ['--file-system', '--format=%T', dirname(path)], { encoding: 'utf8' }).trim(),
  );
}

function startOf(pid: number): string {
  return execFileSync('awk', ['{print $22}', `/proc/${pid}/stat`], { encoding: 'utf8' }).trim();
}
