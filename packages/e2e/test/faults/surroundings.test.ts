import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Finished, newSandbox, type Sandbox, vivariumCommand } from '../vivarium.ts';
import { leftIn, OLD_MODULE, sitePackages, stateOf } from './lab/state.ts';

const isRoot = process.getuid?.() === 0;
const has = (program: string): boolean =>
  ['/usr/bin', '/usr/sbin', '/bin', '/sbin'].some((directory) => existsSync(join(directory, program)));
const asRoot = test.skipIf(!isRoot);
const withExfat = test.skipIf(!isRoot || !has('mount.exfat-fuse') || !has('mkfs.exfat') || !existsSync('/dev/fuse'));
const withNtfs = test.skipIf(!isRoot || !has('lowntfs-3g') || !existsSync('/dev/fuse'));
const withBtrfs = test.skipIf(!isRoot || !has('mkfs.btrfs'));

/** Mounts something on a new directory in a sandbox until the test is over. */
async function mount(sandbox: Sandbox, name: string, ...command: readonly string[]): Promise<string> {
  const directory = join(sandbox.directory, name);
  mkdirSync(directory);
  const [program = '', ...args] = command;
  const mounted = await sandbox.run(program, ...args, directory);
  expect(mounted, mounted.stderr).toMatchObject({ exitCode: 0 });
  onTestFinished(async () => {
    await sandbox.run('umount', '-l', directory);
  });
  return directory;
}

const tmpfs = (sandbox: Sandbox, name: string, size: string) =>
  mount(sandbox, name, 'mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs');

/** A failure as a person sees it: a sentence, exit code 1 or 2, and nothing left. */
function expectRefusal(finished: Finished, text: RegExp): void {
  expect(finished.stderr).toMatch(text);
  expect(finished.stderr).toMatch(/^error: /m);
  expect(finished.stderr).not.toMatch(/\n {4}at |bug in vivarium/);
  expect([1, 2]).toContain(finished.exitCode);
}

describe('a disk that is full', () => {
  asRoot('at the destination: it says so and leaves nothing', async () => {
    const sandbox = newSandbox();
    const disk = await tmpfs(sandbox, 'disk', '256k');
    expectRefusal(await sandbox.vivarium('create', '--link-mode', 'copy', join(disk, 'env')), /the disk is full/);
    expect(readdirSync(disk)).toEqual([]);
  });

  asRoot('where an environment is to be replaced: the old one stays, whole', async () => {
    const sandbox = newSandbox();
    const disk = await tmpfs(sandbox, 'disk', '64m');
    const env = join(disk, 'env');
    expect(await sandbox.vivarium('create', '--link-mode', 'copy', env)).toMatchObject({ exitCode: 0 });
    writeFileSync(join(sitePackages(env), OLD_MODULE), '');
    await sandbox.run('sh', '-c', `cat /dev/zero > '${disk}/ballast' 2> /dev/null`);
    for (const option of [['--clear'], []]) {
      expectRefusal(await sandbox.vivarium('create', '--link-mode', 'copy', ...option, env), /the disk is full/);
      expect(await stateOf(sandbox, env)).toBe('old');
      expect(leftIn(disk, env)).toEqual([]);
    }
  });

  asRoot('at the cache: a temporary one is used, and it is said', async () => {
    const sandbox = newSandbox();
    const disk = await tmpfs(sandbox, 'disk', '256k');
    const finished = await sandbox.vivarium('create', '--app-data', join(disk, 'cache'), 'env');
    expect(finished).toMatchObject({ exitCode: 0 });
    expect(finished.stderr).toMatch(/warning: the cache .*disk\/cache can't be written, a temporary one is used/);
    expect(await stateOf(sandbox, join(sandbox.directory, 'env'))).toBe('new');
    expect(readdirSync(disk, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([]);
  });

  asRoot('at the cache and in the directory for temporary files: it says so and leaves nothing', async () => {
    const sandbox = newSandbox();
    const disk = await tmpfs(sandbox, 'disk', '256k');
    const command = ['env', `TMPDIR=${disk}`, vivariumCommand(), 'create', '--app-data', join(disk, 'cache'), 'env'];
    expectRefusal(await sandbox.run('env', ...command.slice(1)), /no space left|disk is full|ENOSPC/i);
    expect(existsSync(join(sandbox.directory, 'env'))).toBe(false);
    expect(readdirSync(disk).filter((name) => name !== 'cache')).toEqual([]);
  });

  asRoot('without room for another file', async () => {
    const sandbox = newSandbox();
    const disk = await mount(sandbox, 'disk', 'mount', '-t', 'tmpfs', '-o', 'size=20m,nr_inodes=20', 'tmpfs');
    expectRefusal(await sandbox.vivarium('create', join(disk, 'env')), /the disk is full/);
    expect(readdirSync(disk)).toEqual([]);
  });
});

describe('what may not be written', () => {
  asRoot('a disk that is read-only', async () => {
    const sandbox = newSandbox();
    const disk = await tmpfs(sandbox, 'disk', '1m');
    await sandbox.run('mount', '-o', 'remount,ro', disk);
    expectRefusal(await sandbox.vivarium('create', join(disk, 'env')), /disk/);
    const finished = await sandbox.vivarium('create', '--app-data', join(disk, 'cache'), 'env');
    expect(finished).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("can't be written") });
  });

  test('no HOME', async () => {
    const sandbox = newSandbox();
    const finished = await sandbox.run('env', '-u', 'HOME', vivariumCommand(), 'create', 'env');
    expect(finished).toMatchObject({ exitCode: 0 });
    expect(await stateOf(sandbox, join(sandbox.directory, 'env'))).toBe('new');
  });

  asRoot("another user's HOME: nothing is created in it, and it is said", async () => {
    const sandbox = newSandbox();
    const home = join(sandbox.directory, 'home');
    mkdirSync(home);
    chownSync(home, 12_345, 12_345);
    const finished = await sandbox.run(
      'env',
      '-u',
      'XDG_DATA_HOME',
      `HOME=${home}`,
      vivariumCommand(),
      'create',
      'env',
    );
    expect(finished).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('belongs to another user') });
    expect(readdirSync(home)).toEqual([]);
    expect(await stateOf(sandbox, join(sandbox.directory, 'env'))).toBe('new');
  });

  asRoot.each([
    ['belongs to another user', (cache: string) => chownSync(cache, 12_345, 12_345), 'it belongs to another user'],
    ['everyone may write to', (cache: string) => chmodSync(cache, 0o777), 'everyone may write to it'],
  ])('a cache that %s is not used, and it is said', async (_, spoil, reason) => {
    const sandbox = newSandbox();
    expect(await sandbox.vivarium('create', 'first')).toMatchObject({ exitCode: 0 });
    spoil(join(sandbox.directory, 'data/vivarium'));
    const finished = await sandbox.vivarium('create', 'env');
    expect(finished).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(reason) });
    expect(await stateOf(sandbox, join(sandbox.directory, 'env'))).toBe('new');
  });

  test('a cache that is a link to a directory of our own is used, and stays a link', async () => {
    const sandbox = newSandbox();
    mkdirSync(join(sandbox.directory, 'elsewhere'), { mode: 0o700 });
    symlinkSync('elsewhere', join(sandbox.directory, 'cache'));
    const finished = await sandbox.vivarium('create', '--app-data', 'cache', 'env');
    expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(join(sandbox.directory, 'elsewhere'))).toContain('images');
    expect(lstatSync(join(sandbox.directory, 'cache')).isSymbolicLink()).toBe(true);
  });
});

describe('limits', () => {
  test.each(['000', '077'])('a umask of %s: the cache stays ours alone, and the environment works', async (mask) => {
    const sandbox = newSandbox();
    const finished = await sandbox.run('sh', '-c', `umask ${mask} && exec "$1" create env`, 'sh', vivariumCommand());
    expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await stateOf(sandbox, join(sandbox.directory, 'env'))).toBe('new');
    expect(statSync(join(sandbox.directory, 'data/vivarium')).mode & 0o777).toBe(0o700);
  });

  test.each(['', '--seeder=pip', '--creator=venv'])('thirty-two open files are enough: create %s', async (option) => {
    const args = ['create', ...(option === '' ? [] : [option])];
    const sandbox = newSandbox();
    const script = 'ulimit -n 32 && command=$1 && shift && exec "$command" "$@"';
    const finished = await sandbox.run('bash', '-c', script, 'bash', vivariumCommand(), ...args, 'env');
    expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await stateOf(sandbox, join(sandbox.directory, 'env'))).toBe('new');
  });
});

describe('other file systems', () => {
  asRoot('one for the cache and one for the destination: seeds are copied, and the report says so', async () => {
    const sandbox = newSandbox();
    const disk = await tmpfs(sandbox, 'disk', '100m');
    const finished = await sandbox.vivarium('create', join(disk, 'env'));
    expect(finished).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('via=copy') });
    expect(await stateOf(sandbox, join(disk, 'env'))).toBe('new');
  });

  asRoot('a mount point is filled, refreshed, emptied and filled again, and stays mounted', async () => {
    const sandbox = newSandbox();
    const disk = await tmpfs(sandbox, 'disk', '100m');
    mkdirSync(join(disk, 'lost+found'));
    for (const options of [[], [], ['--clear']]) {
      const finished = await sandbox.vivarium('create', ...options, disk);
      expect(finished, finished.stderr).toMatchObject({ exitCode: 0 });
      expect(await stateOf(sandbox, disk)).toBe(options.length === 0 && hasMine() ? 'old' : 'new');
      expect(leftIn(disk)).toEqual([]);
      writeFileSync(join(sitePackages(disk), OLD_MODULE), '');
    }
    expect(readdirSync(disk)).toContain('lost+found');
    expect(statSync(disk).dev).not.toBe(statSync(sandbox.directory).dev);

    function hasMine(): boolean {
      return existsSync(join(sitePackages(disk), OLD_MODULE));
    }
  });

  withExfat(
    'one without links and permissions gets copies, asked for or not',
    { timeout: 300_000 },
    async (context) => {
      const sandbox = newSandbox();
      await sandbox.run('truncate', '-s', '128M', 'exfat.img');
      await sandbox.run('mkfs.exfat', 'exfat.img');
      const { exitCode, stdout: device, stderr } = await sandbox.run('losetup', '--find', '--show', 'exfat.img');
      context.skip(exitCode !== 0, `no loop device here: ${stderr}`);
      onTestFinished(async () => {
        await sandbox.run('losetup', '--detach', device);
      });
      const disk = await mount(sandbox, 'disk', 'mount.exfat-fuse', device);
      for (const [name, ...options] of [['plain'], ['copied', '--copies']] as const) {
        const finished = await sandbox.vivarium('create', ...options, join(disk, name));
        expect(finished, finished.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('via=copy') });
        expect(lstatSync(join(disk, name, 'bin/python')).isSymbolicLink()).toBe(false);
        expect(await stateOf(sandbox, join(disk, name))).toBe('new');
      }
      expect(leftIn(disk)).toEqual([]);
    },
  );

  withNtfs('one that ignores case', { timeout: 300_000 }, async () => {
    const sandbox = newSandbox();
    await sandbox.run('truncate', '-s', '128M', 'ntfs.img');
    await sandbox.run('mkfs.ntfs', '-F', '-Q', 'ntfs.img');
    const disk = await mount(sandbox, 'disk', 'lowntfs-3g', '-o', 'ignore_case', join(sandbox.directory, 'ntfs.img'));
    const finished = await sandbox.vivarium('create', join(disk, 'env'));
    expect(finished, finished.stderr).toMatchObject({ exitCode: 0 });
    expect(await stateOf(sandbox, join(disk, 'env'))).toBe('new');
    expect(await sandbox.vivarium('create', '--clear', join(disk, 'ENV'))).toMatchObject({ exitCode: 0 });
    expect(leftIn(disk)).toEqual([]);
  });

  withBtrfs('one that clones: the report says so', { timeout: 300_000 }, async (context) => {
    const sandbox = newSandbox();
    await sandbox.run('truncate', '-s', '160M', 'b.img');
    await sandbox.run('mkfs.btrfs', '-q', 'b.img');
    const probe = await sandbox.run('sh', '-c', 'mkdir disk && mount -o loop b.img disk');
    context.skip(probe.exitCode !== 0, `no loop device here: ${probe.stderr}`);
    onTestFinished(async () => {
      await sandbox.run('umount', '-l', 'disk');
    });
    const finished = await sandbox.vivarium('create', '--app-data', 'disk/cache', 'disk/env');
    expect(finished).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('via=reflink') });
  });
});
