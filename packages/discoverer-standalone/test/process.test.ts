import { execFile, spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleScript } from '@vivarium/test-utils/bundle-script';
import { type FileServer, serveFiles } from '@vivarium/test-utils/serve-files';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { filesOf, listed, PLATFORM, standIn, writeManifest } from './store.ts';

const run = promisify(execFile);
const build = listed(await standIn());
const NAME = `cpython-3.12.16-20261110-${PLATFORM}`;
const LINK = `cpython-3.12-${PLATFORM}`;

let script: string;
beforeAll(async () => {
  // Outside of the directories of single tests, which are removed with them.
  script = await bundleScript(
    join(import.meta.dirname, 'install-script.ts'),
    join(import.meta.dirname, '..', 'node_modules', '.cache'),
  );
});

interface Place {
  readonly directory: string;
  readonly manifest: string;
  readonly server: FileServer;
  readonly store: string;
}

async function open(): Promise<Place> {
  const directory = temporaryDirectory();
  const server = await serveFiles(filesOf([build]));
  onTestFinished(() => server.close());
  return { directory, manifest: writeManifest(directory, [build]), server, store: join(directory, 'pythons') };
}

function argumentsOf({ directory, manifest, server }: Place, calls = 1): readonly string[] {
  return [script, directory, manifest, server.url, `${calls}`];
}

/** What is in a store but for what makes it one, and what is noted of claims that have ended. */
function contentOf(store: string): readonly string[] {
  return readdirSync(store)
    .filter((name) => !['.vivarium-pythons', '.downloads'].includes(name))
    .sort();
}

test('thirty-two that install the same build at once fetch it once, in eight processes', async () => {
  const place = await open();
  place.server.fault = 'slow';
  const runs = await Promise.all(Array.from({ length: 8 }, () => run(process.execPath, argumentsOf(place, 4))));
  const words = runs.flatMap(({ stdout }) => stdout.split('\n')).filter((word) => word === 'new' || word === 'old');
  expect(words.sort()).toEqual(['new', ...Array.from({ length: 31 }, () => 'old')]);
  expect(place.server.requests).toHaveLength(1);
  expect(contentOf(place.store)).toEqual([LINK, NAME].sort());
  expect(readlinkSync(join(place.store, LINK))).toBe(NAME);
});

describe('a run that is killed', () => {
  for (const phase of ['download', 'unpack', 'start'] as const) {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      test(`by ${signal} while it is at ${phase} leaves no Python, and the next one takes up its work`, async () => {
        const place = await open();
        place.server.fault = phase === 'download' ? 'stalled' : 'slow';
        await killedAt(phase, signal, place);
        expect(existsSync(join(place.store, NAME))).toBe(false);
        place.server.fault = undefined;
        const { stdout } = await run(process.execPath, argumentsOf(place));
        expect(stdout).toMatch(/^new$/m);
        expect(contentOf(place.store)).toEqual([LINK, NAME].sort());
        expect(readdirSync(join(place.store, '.downloads'))).toEqual([]);
      });
    }
  }
});

async function killedAt(phase: string, signal: NodeJS.Signals, place: Place): Promise<void> {
  const child = spawn(process.execPath, argumentsOf(place), { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let output = '';
  for await (const part of child.stdout) {
    output += String(part);
    if (output.split('\n').includes(phase)) child.kill(signal);
  }
  await ended;
  if (!child.killed) throw new Error(`It ended before it was at ${phase}: ${output}`);
}

const mayMount = process.getuid?.() === 0 && existsSync('/usr/bin/mount') && process.platform === 'linux';
test.skipIf(!mayMount)(
  'a full disk is told as such, and nothing is left on it (needs a file system of its own)',
  async () => {
    const place = await open();
    mkdirSync(place.store);
    // Room for a part of the archive, and then for the archive and a part of what is in it.
    for (const size of ['40k', '100k']) {
      const command = `mount -t tmpfs -o size=${size},mode=755 none ${place.store} && "$@"; status=$?; ls -A ${place.store} ${place.store}/.downloads; exit $status`;
      const failure = await run('unshare', [
        '-m',
        'sh',
        '-c',
        command,
        'sh',
        process.execPath,
        ...argumentsOf(place),
      ]).then(
        () => undefined,
        (error: unknown) => error as { readonly stdout: string; readonly stderr: string },
      );
      expect(failure?.stderr).toContain('PYTHON_STORE_NOT_WRITABLE');
      expect(failure?.stderr).toContain('ENOSPC');
      expect(failure?.stdout).not.toMatch(/cpython-|\.unpacking/);
    }
    expect(lstatSync(place.store).isDirectory()).toBe(true);
  },
);
