import { createHash } from 'node:crypto';
import { formatPylock, LockError, openVerifier, parseRequirements, selectPackages } from '@vivarium/pylock';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from './arbitraries.ts';
import { TARGET } from './target.ts';

const A = 'a'.repeat(64);
const B = 'B'.repeat(64);

test('everything that is pinned and hashed becomes a lock', () => {
  const { lock, warnings } = parseRequirements(
    [
      '# written by a tool',
      '--index-url https://e.org/simple',
      '--require-hashes',
      '',
      'Six==1.17.0 \\',
      `    --hash=sha256:${A} \\`,
      `    --hash sha256:${B}`,
      '    # via dateutil',
      `uvicorn[standard]===0.30 ; python_version >= "3.8" and sys_platform == 'win32' --hash=sha384:${'c'.repeat(96)} # why`,
    ].join('\r\n'),
    { file: 'requirements.txt' },
  );
  expect(warnings).toEqual([]);
  expect(lock.packages).toEqual([
    {
      name: 'six',
      version: '1.17.0',
      index: 'https://e.org/simple',
      source: {
        kind: 'index',
        hashes: [
          { algorithm: 'sha256', digest: A },
          { algorithm: 'sha256', digest: B.toLowerCase() },
        ],
      },
    },
    {
      name: 'uvicorn',
      version: '0.30',
      marker: 'python_version >= "3.8" and sys_platform == "win32"',
      index: 'https://e.org/simple',
      source: { kind: 'index', hashes: [{ algorithm: 'sha384', digest: 'c'.repeat(96) }] },
    },
  ]);
  const { selected, skipped } = selectPackages(lock, TARGET);
  expect(selected).toMatchObject([{ package: { name: 'six' }, artifact: { kind: 'index' } }]);
  expect(skipped).toMatchObject([{ package: { name: 'uvicorn' } }]);
  expect(() => formatPylock(lock)).toThrow('packages[0]: the file that is installed is not known');
});

test.each<[string, string, string, RegExp]>([
  [
    'what is not pinned',
    `six>=1 --hash=sha256:${A}`,
    'LOCK_INVALID',
    /six is not pinned to one version with "==" \(line 2 of r.txt\)/,
  ],
  ['a range', `six==1,<2 --hash=sha256:${A}`, 'LOCK_INVALID', /not pinned/],
  ['a prefix', `six==1.* --hash=sha256:${A}`, 'LOCK_INVALID', /not pinned/],
  ['no version', `six --hash=sha256:${A}`, 'LOCK_INVALID', /not pinned/],
  ['no hash', 'six==1', 'LOCK_INVALID', /six has no --hash \(line 2/],
  ['md5', `six==1 --hash=md5:${'0'.repeat(32)}`, 'LOCK_INVALID', /not of sha256, sha384 or sha512/],
  ['a short digest', 'six==1 --hash=sha256:abc', 'LOCK_INVALID', /has 64 hexadecimal digits/],
  ['a URL', `six @ https://e.org/six.whl --hash=sha256:${A}`, 'LOCK_UNSUPPORTED', /six is a URL/],
  ['a bare URL', 'https://e.org/six.whl', 'LOCK_INVALID', /not a requirement/],
  ['a path', './six.whl', 'LOCK_INVALID', /not a requirement/],
  ['another file', '-r other.txt', 'LOCK_UNSUPPORTED', /-r other.txt can not be part of a lock \(line 2/],
  ['constraints', '--constraint=c.txt', 'LOCK_UNSUPPORTED', /can not be part of a lock/],
  ['an editable directory', '-e .', 'LOCK_UNSUPPORTED', /can not be part of a lock/],
  [
    'an option of a requirement',
    `six==1 --hash=sha256:${A} --config-settings=x`,
    'LOCK_UNSUPPORTED',
    /has the option --config-settings=x/,
  ],
  ['a variable', 'six==$'.concat('{V}'), 'LOCK_UNSUPPORTED', /environment variables are not replaced/],
  ['a set of a lock', `six==1; "x" in extras --hash=sha256:${A}`, 'LOCK_INVALID', /can not name extras/],
  [
    'a comment between continuation lines',
    `six==1 \\\n# comment\n--hash=sha256:${A}`,
    'LOCK_INVALID',
    /six has no --hash \(line 2/,
  ],
])('%s is refused', (_, text, code, message) => {
  const error = caught(() => parseRequirements(`\n${text}\n`, { file: 'r.txt' }));
  expect(error).toBeInstanceOf(LockError);
  expect(error).toMatchObject({ code, line: 2, message: expect.stringMatching(message) });
});

test('options that say where to look are told about, and ignored', () => {
  const { warnings } = parseRequirements(`--extra-index-url https://e.org\n-f x\nsix==1 --hash=sha256:${A}`);
  expect(warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '1: --extra-index-url is ignored: where files are looked for is set elsewhere',
    '2: -f is ignored: where files are looked for is set elsewhere',
  ]);
});

test('a package that is named twice is ambiguous, with its line', () => {
  const { lock } = parseRequirements(
    `# x\nsix==1 \\\n  --hash=sha256:${A}\n-i https://e.org\n\nsix==2 --hash=sha256:${A}\n`,
  );
  const error = caught(() => selectPackages(lock, TARGET));
  expect(error).toMatchObject({ code: 'LOCK_AMBIGUOUS', path: 'packages[1]', line: 6 });
});

test('no text makes the reader throw any other error', () => {
  const part = fc.constantFrom(
    'six==1',
    ' ',
    '\\\n',
    '\n',
    '#',
    '--hash=',
    `sha256:${A}`,
    '-r',
    ';',
    '"',
    '-',
    '$',
    '{x}',
    'os_name',
    '@',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part).map((parts) => parts.join('')),
        anyText,
      ),
      (text) => {
        const error = caught(() => parseRequirements(text));
        if (error !== undefined && !(error instanceof LockError)) throw error;
      },
    ),
    { numRuns: 1000 },
  );
});

test.each(['a', '\\\n', '#', ' #', '-', ' --hash=', '\t', 'a[b,'])('%j many times is read in one pass', (part) => {
  expect(caught(() => parseRequirements(part.repeat(100_000)))).toSatisfy(
    (error) => error === undefined || error instanceof LockError,
  );
});

describe('the content of a file', () => {
  const CONTENT = Buffer.from('the content');
  const sha256 = createHash('sha256').update(CONTENT).digest('hex');
  const check = (hashes: Parameters<typeof openVerifier>[0]['hashes'], size?: number, content = CONTENT) => {
    const verifier = openVerifier({ name: 'a.whl', hashes, ...(size !== undefined && { size }) });
    for (const byte of content) verifier.update(Uint8Array.of(byte));
    verifier.finish();
  };

  test('is right by one of the hashes that a requirement names', () => {
    const wrong = { algorithm: 'sha256', digest: A };
    expect(() => check([wrong, { algorithm: 'sha256', digest: sha256 }])).not.toThrow();
    expect(() => check([wrong])).toThrow(`a.whl has the sha256 ${sha256}, and the lock says ${A}`);
  });

  test('is right by all of the hashes that a lock has', () => {
    const all = ['sha224', 'sha384', 'sha512', 'sha1', 'md5', 'sha3_256', 'blake2b', 'blake2s'];
    const nodeNames: Record<string, string> = { sha3_256: 'sha3-256', blake2b: 'blake2b512', blake2s: 'blake2s256' };
    const digests = all.map(
      (name) =>
        [
          name,
          createHash(nodeNames[name] ?? name)
            .update(CONTENT)
            .digest('hex'),
        ] as const,
    );
    const hashes = { sha256, ...Object.fromEntries(digests) };
    expect(() => check(hashes, CONTENT.length)).not.toThrow();
    for (const [name, digest] of digests) {
      const wrong = { ...hashes, [name]: digest.replace(/./g, '0') };
      expect(() => check(wrong)).toThrow(`has the ${name}`);
    }
  });

  test('has the size that the lock says', () => {
    expect(() => check({ sha256 }, 3)).toThrow('a.whl has more than 3 bytes, and the lock says 3');
    expect(() => check({ sha256 }, 300)).toThrow(`a.whl has ${CONTENT.length} bytes, and the lock says 300`);
  });

  test('is never right without a secure hash', () => {
    expect(() => check({ md5: 'x' })).toThrow('has no hash of sha256, sha384 or sha512');
    expect(() => check([])).toThrow(LockError);
  });
});

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
