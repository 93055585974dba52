import { posix, win32 } from 'node:path';
import { atOnce } from '@vivarium/core/internal';
import { makeZip, type ZipFile } from '@vivarium/test-utils/make-zip';
import { readZip as readZipInSlices, WheelError } from '@vivarium/wheel-resolver/reading';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const plain = { name: 'a.txt', contents: 'a' };
const LINK = 0o120777;
const readZip = (bytes: Buffer) => atOnce(readZipInSlices(bytes));

test('gives the files of an archive with their contents and modes', () => {
  const bytes = makeZip([
    { name: 'directory/', contents: '', mode: 0o040755 },
    { name: 'directory/é.txt', contents: 'x'.repeat(10_000) },
    { name: 'run', contents: '#!', mode: 0o100755 },
    { name: 'stored', contents: 'as it is', method: 0 },
    { name: 'empty', contents: '' },
  ]);
  expect(readZip(bytes).map((entry) => [entry.name, entry.read().toString().length, entry.isExecutable])).toEqual([
    ['directory/é.txt', 10_000, false],
    ['run', 2, true],
    ['stored', 8, false],
    ['empty', 0, false],
  ]);
});

describe('refuses an archive with', () => {
  const cases: readonly (readonly [string, readonly ZipFile[], string])[] = [
    ['an absolute name', [{ ...plain, name: '/etc/x' }], 'is an absolute path'],
    ['a name that leaves the directory', [{ ...plain, name: '../x' }], 'leaves the directory'],
    ['one that leaves it further in', [{ ...plain, name: 'a/../../x' }], 'leaves the directory'],
    ['a drive', [{ ...plain, name: 'C:/x' }], 'names a drive'],
    ['a drive and no directory', [{ ...plain, name: 'C:x' }], 'names a drive'],
    ['a stream', [{ ...plain, name: 'a.txt:hidden' }], 'has a colon'],
    ['backslashes', [{ ...plain, name: '..\\x' }], 'has a backslash'],
    ['a share', [{ ...plain, name: '\\\\server\\x' }], 'has a backslash'],
    ['an empty part', [{ ...plain, name: 'a//b' }], 'empty part'],
    ['a dot as a part', [{ ...plain, name: './a' }], 'empty part'],
    ['a trailing dot', [{ ...plain, name: 'a./b' }], 'ends with a dot or a space'],
    ['a line break in a name', [{ ...plain, name: 'a\nb' }], 'control character'],
    ['no name', [{ ...plain, name: '' }], 'has no name'],
    ['a symbolic link', [{ ...plain, mode: LINK }], 'is a symbolic link'],
    ['a device', [{ ...plain, mode: 0o020644 }], 'is not a file'],
    ['a name twice', [plain, plain], 'holds `a.txt` twice'],
    ['names that differ by case alone', [plain, { ...plain, name: 'A.TXT' }], 'differ by case alone'],
    [
      'directories that differ by case alone',
      [
        { ...plain, name: 'a/x' },
        { ...plain, name: 'A/y' },
      ],
      'holds `A` twice',
    ],
    [
      'names that differ by the form of an accent',
      [
        { ...plain, name: 'é' },
        { ...plain, name: 'e\u0301' },
      ],
      'differ',
    ],
    [
      'a file that is a directory too',
      [
        { ...plain, name: 'a' },
        { ...plain, name: 'a/b' },
      ],
      'twice',
    ],
    [
      'a directory that is a file too',
      [
        { ...plain, name: 'a/b' },
        { ...plain, name: 'a' },
      ],
      'differ|twice',
    ],
    ['two names for one entry', [{ ...plain, localName: 'b.txt' }], 'has two names'],
    ['an encrypted entry', [{ ...plain, flags: 0x0801 }], 'is encrypted'],
    ['an unknown compression', [{ ...plain, method: 12 }], 'packed in an unknown way'],
    [
      'more contents than there is room for',
      ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...plain, name, claimedSize: 0x7fffffff })),
      'are larger than',
    ],
  ];
  test.each(cases)('%s', (_, files, reason) => {
    expect(() => readZip(makeZip(files))).toThrow(WheelError);
    expect(() => readZip(makeZip(files))).toThrow(new RegExp(reason));
  });

  test('the format for large archives', () => {
    const bytes = makeZip([plain]);
    bytes.writeUInt16LE(0xffff, bytes.length - 12);
    expect(() => readZip(bytes)).toThrow(/of the ZIP64 format/);
  });

  test('entries that share their bytes', () => {
    const bytes = makeZip([
      { ...plain, name: 'a' },
      { ...plain, name: 'a' },
    ]);
    // The second entry of the directory points to the first one's data, and is renamed so that nothing else is wrong.
    const second = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(0, second + 42);
    bytes.write('a', second + 46);
    expect(() => readZip(bytes)).toThrow(/twice|overlap/);
  });
});

describe('refuses to unpack', () => {
  test.each([
    ['what has another check sum', { ...plain, claimedCrc: 1 }],
    ['what is longer than it claims', { ...plain, contents: 'x'.repeat(100_000), claimedSize: 10 }],
    ['what is shorter than it claims', { ...plain, claimedSize: 100 }],
  ])('%s', (_, file) => {
    const [entry] = readZip(makeZip([file]));
    expect(() => entry?.read()).toThrow(/is damaged/);
  });
});

test('whatever bytes it is given, it refuses them or reads them', () => {
  const good = makeZip([plain, { name: 'b/c', contents: 'c'.repeat(500) }]);
  const change = fc.record({ at: fc.nat(good.length - 1), value: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.nat(good.length), (changes, cut) => {
      const bytes = Buffer.from(good);
      for (const { at, value } of changes) bytes[at] = value;
      for (const candidate of [bytes, bytes.subarray(0, cut), bytes.subarray(cut)]) {
        try {
          for (const entry of readZip(candidate)) entry.read();
        } catch (error) {
          if (!(error instanceof WheelError)) throw error;
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('whatever names an archive has, those that it gives stay in the directory on every system', () => {
  const part = fc.oneof(fc.constantFrom('..', '.', '/', '\\', 'C:', 'a', ' ', '\0', ':', '%2e', 'é'), fc.string());
  const name = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(name, (text) => {
      let entries: ReturnType<typeof readZip>;
      try {
        entries = readZip(makeZip([{ name: text, contents: '' }]));
      } catch (error) {
        if (error instanceof WheelError) return;
        throw error;
      }
      for (const entry of entries) {
        expect(posix.join('/root/directory', entry.name)).toBe(`/root/directory/${entry.name}`);
        expect(win32.join('D:\\root', entry.name)).toBe(`D:\\root\\${entry.name.replaceAll('/', '\\')}`);
        expect(win32.isAbsolute(entry.name)).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});
