import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, realpathSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isVivariumError } from '@vivarium/core/host';
import { diagnose, inspect, listEnvironments } from '@vivarium/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

/** What is in the place of things in an environment, by what `doctor` says first. */
const TREES: Readonly<Record<string, (directory: string) => void>> = {
  'a pyvenv.cfg of a gigabyte': (directory) => {
    writeFileSync(join(directory, 'pyvenv.cfg'), '');
    truncateSync(join(directory, 'pyvenv.cfg'), 2 ** 30);
  },
  'a binary pyvenv.cfg': (directory) => writeFileSync(join(directory, 'pyvenv.cfg'), Buffer.alloc(5000, 0xff)),
  'a FIFO for a pyvenv.cfg': (directory) => fifo(directory, 'pyvenv.cfg'),
  'a FIFO for a Python': (directory) => fifo(directory, 'bin/python'),
  'a loop of links for a Python': (directory) => {
    execFileSync('rm', [join(directory, 'bin/python')]);
    symlinkSync('python3', join(directory, 'bin/python'));
    symlinkSync('python', join(directory, 'bin/python3'));
  },
  'a loop of directories': (directory) => {
    symlinkSync('..', join(directory, 'lib/python3.13/site-packages/loop'));
    symlinkSync('.', join(directory, 'loop'));
  },
  'FIFOs among its commands, hooks and records': (directory) => {
    for (const path of ['bin/tool', 'bin/activate', `${PACKAGES}/x.pth`, `${PACKAGES}/x-1.dist-info/RECORD`]) {
      mkdirSync(join(directory, path, '..'), { recursive: true });
      execFileSync('mkfifo', [join(directory, path)]);
    }
  },
  'a RECORD that lists what is outside and what never ends': (directory) => {
    const info = join(directory, PACKAGES, 'x-1.dist-info');
    mkdirSync(info);
    const lines = ['../../../../../../etc/passwd,sha256=AAAA,1', '/dev/zero,sha256=AAAA,', 'zero,sha256=AAAA,'];
    symlinkSync('/dev/zero', join(directory, PACKAGES, 'zero'));
    writeFileSync(join(info, 'RECORD'), `${lines.join('\n')}\n`);
  },
  'directories that may not be read': (directory) => chmodSync(join(directory, PACKAGES), 0),
};

const PACKAGES = 'lib/python3.13/site-packages';

function fifo(directory: string, path: string): void {
  execFileSync('rm', [join(directory, path)]);
  execFileSync('mkfifo', [join(directory, path)]);
}

/** An environment whose Python leaves a trace when it is started. */
function environment(directory: string, trace: string): void {
  mkdirSync(join(directory, PACKAGES), { recursive: true });
  mkdirSync(join(directory, 'bin'));
  writeFileSync(join(directory, 'bin/python'), `#!/bin/sh\n: > '${trace}'\n`, { mode: 0o755 });
  writeFileSync(join(directory, 'pyvenv.cfg'), 'home = /nowhere/bin\nversion = 3.13.0\n');
}

/** What another user has closed, by what `doctor` says to one who is not root. */
const CLOSED: Readonly<Record<string, string>> = {
  '.': 'ENVIRONMENT_NOT_READABLE',
  'pyvenv.cfg': 'CONFIGURATION_NOT_READABLE',
  bin: 'PYTHON_NOT_USABLE',
  lib: 'SITE_PACKAGES_NOT_FOUND',
};

const isRoot = process.getuid?.() === 0;

test.each(Object.entries(TREES))('%s is told and changes nothing, and nothing is started', async (_, damage) => {
  const root = realpathSync(temporaryDirectory());
  const [directory, trace] = [join(root, 'tree', 'env'), join(root, 'started')];
  environment(directory, trace);
  damage(directory);
  const snapshot = (): string => execFileSync('find', [root, '-printf', '%p %m %T@ %C@\n'], { encoding: 'utf8' });
  const before = snapshot();
  for (const look of [() => diagnose(directory).findings, () => inspect(directory, { size: true }).problems]) {
    expect(answerOf(look)).toEqual(expect.stringMatching(/^[A-Z_]+$/));
  }
  const listed: string[] = [];
  for await (const one of listEnvironments({ directories: [root], size: true, cwd: root, env: { HOME: root } })) {
    listed.push('inspection' in one ? one.inspection.directory : one.path);
  }
  expect(listed).toEqual([directory]);
  expect(existsSync(trace)).toBe(false);
  expect(snapshot()).toBe(before);
  // What was closed has to be removed after the test.
  execFileSync('chmod', ['-R', 'u+rwx', root]);
});

// Root may read everything; in CI the tests are root.
test.each(Object.entries(CLOSED))('`%s` of another user that is closed to this one is told', async (path, code) => {
  const root = realpathSync(temporaryDirectory());
  const [directory, trace] = [join(root, 'tree', 'env'), join(root, 'started')];
  environment(directory, trace);
  chmodSync(root, 0o755);
  chmodSync(join(directory, path), 0);
  try {
    if (isRoot) process.seteuid?.(OTHER_USER);
    expect(codesOf(() => diagnose(directory).findings)).toContain(code);
    expect(codesOf(() => inspect(directory, { size: true }).problems)).not.toEqual([]);
    const listed: string[] = [];
    for await (const one of listEnvironments({ directories: [root], size: true, cwd: root, env: { HOME: root } })) {
      listed.push('inspection' in one ? one.inspection.directory : one.path);
    }
    // Nothing shows that a directory that can't be looked into is an environment.
    expect(listed).toEqual(path === '.' ? [] : [directory]);
    expect(existsSync(trace)).toBe(false);
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(join(directory, path), 0o755);
  }
});

/** The user id that owns nothing, on Linux. */
const OTHER_USER = 65_534;

function codesOf(look: () => readonly { readonly code: string }[]): readonly string[] {
  try {
    return look().map(({ code }) => code);
  } catch (error) {
    if (isVivariumError(error)) return [error.code];
    throw error;
  }
}

/** The code of the first finding, or of the error. */
function answerOf(look: () => readonly { readonly code: string }[]): string | undefined {
  try {
    return look()[0]?.code;
  } catch (error) {
    if (isVivariumError(error)) return error.code;
    throw error;
  }
}
