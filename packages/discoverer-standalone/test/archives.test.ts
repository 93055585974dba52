import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isVivariumError } from '@vivarium/core/host';
import { installSpec } from '@vivarium/discoverer-standalone/managed';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import type { TarEntry } from 'modern-tar';
import { expect, test } from 'vitest';
import { EntryCheck } from '../src/unpack/check-entries.ts';
import {
  archiveOf,
  contextIn,
  directoryEntry,
  fileEntry,
  linkEntry,
  listed,
  settingsIn,
  standIn,
  writeManifest,
} from './store.ts';

/** Installs an archive with these bytes, whose hash is the right one. */
async function installBytes(bytes: Uint8Array, version = '3.12.16') {
  const directory = temporaryDirectory();
  const build = listed(bytes, { version });
  const mirror = join(directory, 'mirror');
  const settings = settingsIn(directory, {
    pythonManifest: writeManifest(directory, [build]),
    pythonMirror: [mirror],
  });
  mkdirSync(mirror);
  writeFileSync(join(mirror, 'archive.tar.gz'), bytes);
  const context = contextIn(directory);
  const outcome = await installSpec({ spec: undefined, settings, context }).catch((error: unknown) => {
    if (!isVivariumError(error)) throw error;
    return error;
  });
  return { outcome, directory, store: join(directory, 'pythons'), warnings: context.warnings };
}

const other = (name: string, type: TarEntry['header']['type']): TarEntry => ({
  header: { name, size: 0, ...(type === undefined ? {} : { type }) },
});
const hard = (name: string, linkname: string): TarEntry => ({ header: { name, linkname, size: 0, type: 'link' } });

const HOSTILE: Readonly<Record<string, readonly TarEntry[]>> = {
  'a name with ..': [fileEntry('python/../../escaped', 'x')],
  'a name with .. at its end': [fileEntry('python/lib/..', 'x')],
  'an absolute name': [fileEntry('/tmp/escaped', 'x')],
  'another directory at the top': [fileEntry('other/file', 'x')],
  'a file next to the directory at the top': [fileEntry('file', 'x')],
  'a file in the place of the directory at the top': [fileEntry('python', 'x')],
  'an empty part in a name': [fileEntry('python//file', 'x')],
  'a backslash in a name': [fileEntry('python/..\\escaped', 'x')],
  'a line break in a name': [fileEntry('python/a\nb', 'x')],
  'a drive in a name': [fileEntry('C:/python/file', 'x')],
  'a link that is absolute': [linkEntry('python/escaped', '/etc/passwd')],
  'a link that leaves it': [linkEntry('python/lib/escaped', '../../escaped')],
  'a link out of the top': [linkEntry('python/escaped', '..')],
  'a link in the place of the directory at the top': [linkEntry('python', '/tmp')],
  'a link that leaves it through another': [linkEntry('python/here', '.'), linkEntry('python/escaped', 'here/../../x')],
  'a link with .. behind a name': [linkEntry('python/escaped', 'lib/../..')],
  'a link to nothing': [linkEntry('python/escaped', '')],
  'a file that is written through a link': [linkEntry('python/deep', 'lib'), fileEntry('python/deep/file', 'x')],
  'a file that is written over a link': [linkEntry('python/twice', 'lib'), fileEntry('python/twice', 'x')],
  'a link in the place of a directory': [linkEntry('python/lib', 'bin')],
  'a file twice': [fileEntry('python/twice', 'x'), fileEntry('python/twice', 'y')],
  'a second name of what is outside': [hard('python/escaped', '/etc/passwd')],
  'a second name that leaves it': [hard('python/escaped', 'python/../../x')],
  'a second name of a link': [linkEntry('python/link', 'lib/random'), hard('python/escaped', 'python/link')],
  'a second name of nothing': [hard('python/escaped', 'python/nothing')],
  'a device': [other('python/null', 'character-device')],
  'a disk': [other('python/disk', 'block-device')],
  'a FIFO': [other('python/pipe', 'fifo')],
};

test.each(Object.entries(HOSTILE))('refuses an archive with %s, and keeps nothing of it', async (_, entries) => {
  const { outcome, store, directory } = await installBytes(await standIn('3.12.16', entries));
  expect(outcome).toMatchObject({ code: 'PYTHON_ARCHIVE_INVALID' });
  expect(readdirSync(store).filter((name) => !/^\.(?:vivarium-pythons|downloads)$/.test(name))).toEqual([]);
  for (const place of ['/tmp/escaped', join(directory, 'escaped'), join(store, 'escaped')]) {
    expect(existsSync(place)).toBe(false);
  }
});

test('refuses an archive whose contents are larger than a Python can be, before it writes them', async () => {
  const bomb = gzipSync(header('python/lib/bomb', 3 * 1024 ** 3));
  const { outcome, store } = await installBytes(bomb);
  expect(outcome).toMatchObject({ code: 'PYTHON_ARCHIVE_INVALID', message: expect.stringContaining('bytes') });
  expect(readdirSync(store).filter((name) => name.startsWith('.unpacking'))).toEqual([]);
});

test('refuses an archive with more entries than a Python has', () => {
  const check = new EntryCheck();
  const next = (): unknown => check.check({ name: 'python/', type: 'directory', size: 0 });
  for (let count = 0; count < 50_000; count += 1) next();
  expect(next).toThrow(/more than 50000 entries/);
});

test('refuses names that differ by case alone where the file system has one file for both', () => {
  const check = new EntryCheck(true);
  check.check({ name: 'python/File', size: 0 });
  expect(() => check.check({ name: 'python/fILE', size: 0 })).toThrow(/twice/);
});

for (const [what, change] of [
  ['is cut off', (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1)],
  ['is no gzip', () => Buffer.from('no archive')],
  ['is no tar', () => gzipSync(Buffer.alloc(2048, 7))],
  ['is empty', () => gzipSync(Buffer.alloc(1024))],
] as const) {
  test(`refuses an archive that ${what}`, async () => {
    expect((await installBytes(change(await standIn()))).outcome).toMatchObject({ code: 'PYTHON_ARCHIVE_INVALID' });
  });
}

test('installs links and second names that stay inside, and what may be executed', async () => {
  const { outcome, store } = await installBytes(
    await standIn('3.12.16', [
      directoryEntry('python/share/'),
      linkEntry('python/share/up', '../lib/random'),
      linkEntry('python/share/all', '..'),
      linkEntry('python/share/nowhere', 'nothing'),
      hard('python/share/random', 'python/lib/random'),
      fileEntry('./python/share/from-here', 'x', 0o777),
    ]),
  );
  expect(outcome).toMatchObject({ isNew: true });
  const share = join(store, (outcome as { installed: { name: string } }).installed.name, 'share');
  expect(readFileSync(join(share, 'up'))).toEqual(readFileSync(join(share, 'random')));
  expect(lstatSync(join(share, 'nowhere')).isSymbolicLink()).toBe(true);
  // Neither the permissions of an archive nor the mask of the process make it writable for others.
  expect(lstatSync(join(share, 'from-here')).mode & 0o777).toBe(0o755);
});

test('a Python finds the certificates of the system where it was built to look elsewhere, and says what it lacks', async () => {
  // It has certificates once its library names them, as one has that is built so.
  const answers = `#!/bin/sh
cd "$(dirname "$0")/.."
if grep -q load_verify_locations lib/python3.12/ssl.py; then has=true; else has=false; fi
echo '{"version":"3.12.16","hasCertificates":'$has',"hasTerminals":false,"prefix":"'$(pwd -P)'"}'
`;
  const entries = [
    fileEntry('python/lib/python3.12/os.py', ''),
    fileEntry('python/lib/python3.12/ssl.py', 'import os\n'),
    fileEntry('python/bin/python3.12', answers, 0o755),
  ];
  const { outcome, store, warnings } = await installBytes(await archiveOf(entries));
  expect(outcome).toMatchObject({ isNew: true });
  const name = (outcome as { installed: { name: string } }).installed.name;
  const bundle = /^ {4}"(.*)", get_default_verify_paths/m.exec(
    readFileSync(join(store, name, 'lib/python3.12/ssl.py'), 'utf8'),
  )?.[1];
  const hasBundle = existsSync('/etc/ssl/certs/ca-certificates.crt');
  expect(bundle).toBe(hasBundle ? '/etc/ssl/certs/ca-certificates.crt' : undefined);
  expect(warnings.filter((text) => text.includes('certificates'))).toHaveLength(hasBundle ? 0 : 1);
  expect(warnings.at(-1)).toContain(`TERMINFO_DIRS=${join(store, name)}/share/terminfo`);
});

test('does not install what does not start, is another version, or was not found', async () => {
  for (const [entries, code] of [
    [[fileEntry('python/bin/python3.12', '#!/bin/sh\nexit 3\n', 0o755)], 'PYTHON_NOT_USABLE'],
    [[fileEntry('python/bin/python3.12', '#!/nowhere\n', 0o755)], 'PYTHON_NOT_USABLE'],
    [[fileEntry('python/bin/other', '')], 'PYTHON_ARCHIVE_INVALID'],
  ] as const) {
    const { outcome, store } = await installBytes(
      await archiveOf([fileEntry('python/lib/python3.12/os.py', ''), ...entries]),
    );
    expect(outcome).toMatchObject({ code });
    expect(readdirSync(store).filter((name) => name.startsWith('cpython-'))).toEqual([]);
  }
  expect((await installBytes(await standIn('3.12.15'))).outcome).toMatchObject({ code: 'PYTHON_NOT_USABLE' });
});

/** The header of a file (POSIX ustar) that says how large it is, and nothing of it. */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
