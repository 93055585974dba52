import { createHash } from 'node:crypto';
import { LockError, openVerifier, parsePylock, pylockName, type Selection, selectPackages } from '@vivarium/pylock';
import { describe, expect, test } from 'vitest';
import { TARGET } from './target.ts';

const CONTENT = Buffer.from('the content of a wheel');
const digest = (algorithm: string): string => createHash(algorithm).update(CONTENT).digest('hex');
const SHA256 = digest('sha256');

interface Parts {
  readonly head?: string;
  readonly name?: string;
  readonly version?: string;
  readonly entry?: string;
  readonly file?: string;
  readonly hashes?: string;
  readonly size?: string;
  readonly rest?: string;
}

/** A lock of one wheel, of which each part can be another. */
function lock({
  head,
  name = 'six',
  version = '1.17.0',
  entry = '',
  file,
  hashes,
  size,
  rest = '',
}: Parts = {}): string {
  const wheel = [
    `name = "${file ?? 'six-1.17.0-py2.py3-none-any.whl'}"`,
    'path = "wheels/six.whl"',
    ...(size === undefined ? [] : [`size = ${size}`]),
    ...(hashes === '' ? [] : [`hashes = ${hashes ?? `{ sha256 = "${SHA256}" }`}`]),
  ];
  return `lock-version = "1.0"
created-by = "test"
${head ?? ''}
[[packages]]
name = "${name}"
${version === '' ? '' : `version = "${version}"`}
${entry}
[[packages.wheels]]
${wheel.join('\n')}
${rest}`;
}

/** Does all that an installer does before it unpacks: reads, selects, and checks the content that arrives. */
function install(text: string, options: Partial<typeof TARGET> & { readonly groups?: readonly string[] } = {}) {
  const { lock, warnings } = parsePylock(text, { file: 'pylock.toml' });
  const selection = selectPackages(lock, { ...TARGET, ...options });
  for (const { artifact } of selection.selected) {
    if (artifact.kind !== 'wheel') continue;
    const verifier = openVerifier(artifact.file);
    verifier.update(CONTENT);
    verifier.finish();
  }
  return { names: names(selection), warnings };
}

function names({ selected }: Selection): readonly string[] {
  return selected.map(({ package: { name } }) => name);
}

function refusal(text: string, options = {}): LockError {
  try {
    install(text, options);
  } catch (error) {
    if (error instanceof LockError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const second = (name: string, more = '') => `
[[packages]]
name = "${name}"
version = "1.17.0"
${more}
wheels = [{ name = "${name}-1.17.0-py3-none-any.whl", path = "x", hashes = { sha256 = "${SHA256}" } }]
`;

describe('what is accepted', () => {
  test.each<[string, string]>([
    ['right hash', lock()],
    [
      'several right hashes',
      lock({ hashes: `{ sha256 = "${SHA256}", sha512 = "${digest('sha512')}", md5 = "${digest('md5')}" }` }),
    ],
    ['right size', lock({ size: String(CONTENT.length) })],
    ['upper-case hexadecimal digest', lock({ hashes: `{ sha256 = "${SHA256.toUpperCase()}" }` })],
    ['upper-case SHA256 key', lock({ hashes: `{ SHA256 = "${SHA256}" }` })],
    ['an unknown algorithm next to a known one', lock({ hashes: `{ sha256 = "${SHA256}", whirlpool = "x" }` })],
    ['attestation identities', lock({ entry: 'attestation-identities = [{ kind = "GitHub", repository = "a/b" }]' })],
    ['no version', lock({ version: '' })],
    ['another spelling of the version', lock({ version: '1.17' })],
    [
      'a requirement for Python that is met',
      lock({ head: 'requires-python = ">=3.9"', entry: 'requires-python = ">=3"' }),
    ],
    ['an environment that is met', lock({ head: `environments = ["os_name == 'nt'", "os_name == 'posix'"]` })],
    ['a time of upload', lock({ rest: 'upload-time = 2025-01-01T00:00:00Z' })],
    ['the dependency of a package is missing from the lock', lock({ entry: 'dependencies = [{ name = "colorama" }]' })],
    ['a URL of a file', lock().replace('path = "wheels/six.whl"', 'url = "file:///w/six-1.17.0-py2.py3-none-any.whl"')],
  ])('%s', (_, text) => {
    expect(install(text)).toEqual({ names: ['six'], warnings: [] });
  });

  test('the same package twice, with markers of which one holds', () => {
    const text = lock({
      entry: 'marker = "os_name == \'posix\'"',
      rest: second('six', 'marker = "os_name == \'nt\'"'),
    });
    expect(install(text).names).toEqual(['six']);
  });

  test('an empty list of packages', () => {
    expect(install('lock-version = "1.0"\ncreated-by = "x"\npackages = []').names).toEqual([]);
  });

  test('default groups, groups and extras by markers', () => {
    const head = 'extras = ["color"]\ndependency-groups = ["dev"]\ndefault-groups = ["main"]';
    const entry = (condition: string) => `marker = "${condition}"`;
    const text = lock({
      head,
      entry: entry("'main' in dependency_groups"),
      rest: second('a', entry("'dev' in dependency_groups")) + second('b', entry("'Color' in extras")),
    });
    expect(install(text).names).toEqual(['six']);
    expect(install(text, { groups: ['Dev'] }).names).toEqual(['six', 'a']);
    expect(install(text, { extras: ['color'], noDefaultGroups: true } as object).names).toEqual(['b']);
  });

  test.each<[string, string, string, string]>([
    [
      'version 1.1 with an unknown key',
      lock({ head: 'novel = 1' }).replace('"1.0"', '"1.1"'),
      'lock-version',
      'newer than 1.0',
    ],
    ['an unknown key', lock({ entry: 'novel = 1' }), 'packages[0].novel', 'is ignored'],
    [
      'a time of upload without offset',
      lock({ rest: 'upload-time = 2025-01-01T00:00:00' }),
      'packages[0].wheels[0].upload-time',
      'taken for UTC',
    ],
    [
      'a default group that is listed twice',
      lock({ head: 'default-groups = ["a"]\ndependency-groups = ["a"]' }),
      'default-groups[0]',
      'should not be in',
    ],
  ])('with a warning: %s', (_, text, path, message) => {
    const { names, warnings } = install(text);
    expect(names).toEqual(['six']);
    expect(warnings).toContainEqual({ path, line: expect.any(Number), message: expect.stringContaining(message) });
  });

  test('a name that is given, though URL and path end in others', () => {
    const text = lock().replace('path = "wheels/six.whl"', 'path = "a/b.whl"\nurl = "https://e.org/c.whl"');
    expect(install(text).names).toEqual(['six']);
  });

  test('the name from a URL, decoded once', () => {
    const text = lock({ version: '1.0+cpu' })
      .replace(/name = "six-.*\n/, '')
      .replace('path = "wheels/six.whl"', 'url = "https://e.org/six-1.0%2Bcpu-py3-none-any.whl?x#y"');
    const { lock: read } = parsePylock(text);
    expect(read.packages[0]?.source).toMatchObject({ wheels: [{ name: 'six-1.0+cpu-py3-none-any.whl' }] });
  });
});

describe('what is refused', () => {
  test.each<[string, string, string, string, RegExp]>([
    [
      'wrong sha256',
      lock({ hashes: `{ sha256 = "${'0'.repeat(64)}" }` }),
      'LOCK_HASH',
      '',
      /has the sha256 .{64}, and the lock says 0{64}/,
    ],
    ['wrong size', lock({ size: '3' }), 'LOCK_SIZE', '', /has more than 3 bytes, and the lock says 3/],
    [
      'no hashes',
      lock({ hashes: '' }),
      'LOCK_INVALID',
      'packages[0].wheels[0]',
      /"hashes" is missing \(line 8 of pylock.toml\)/,
    ],
    [
      'empty hashes',
      lock({ hashes: '{}' }),
      'LOCK_INVALID',
      'packages[0].wheels[0].hashes',
      /there is no hash \(line 11/,
    ],
    [
      'md5 alone',
      lock({ hashes: `{ md5 = "${digest('md5')}" }` }),
      'LOCK_INVALID',
      'packages[0].wheels[0].hashes',
      /there is only md5/,
    ],
    [
      'sha256 right and sha512 wrong',
      lock({ hashes: `{ sha256 = "${SHA256}", sha512 = "${'0'.repeat(128)}" }` }),
      'LOCK_HASH',
      '',
      /has the sha512/,
    ],
    [
      'an unknown algorithm alone',
      lock({ hashes: '{ whirlpool = "x" }' }),
      'LOCK_INVALID',
      'packages[0].wheels[0].hashes',
      /there is only whirlpool/,
    ],
    [
      'a digest that is too short',
      lock({ hashes: '{ sha256 = "abc" }' }),
      'LOCK_INVALID',
      'packages[0].wheels[0].hashes.sha256',
      /has 64 hexadecimal digits/,
    ],
    [
      'an algorithm twice',
      lock({ hashes: `{ sha256 = "${SHA256}", SHA256 = "${SHA256}" }` }),
      'LOCK_INVALID',
      'packages[0].wheels[0].hashes',
      /named twice/,
    ],
    [
      'the same package twice',
      lock({ rest: second('six') }),
      'LOCK_AMBIGUOUS',
      'packages[1]',
      /six is selected twice, packages\[0\]/,
    ],
    [
      'an inactive entry whose file name contradicts its version',
      lock({ version: '1.16.0', entry: 'marker = "os_name == \'nt\'"' }),
      'LOCK_INVALID',
      'packages[0].wheels[0]',
      /is a wheel of version 1.17.0, not of 1.16.0/,
    ],
    [
      'a name that contradicts the file name',
      lock({ name: 'seven' }),
      'LOCK_INVALID',
      'packages[0].wheels[0]',
      /is a wheel of six, not of seven/,
    ],
    [
      'requires-python of the lock',
      lock({ head: 'requires-python = "<3"' }),
      'LOCK_TARGET',
      'requires-python',
      /is for Python <3, and this is 3.13.0 \(line 3/,
    ],
    [
      'requires-python of a package',
      lock({ entry: 'requires-python = "<3"' }),
      'LOCK_TARGET',
      'packages[0].requires-python',
      /six is for Python <3/,
    ],
    [
      'environments that are not met',
      lock({ head: `environments = ["os_name == 'nt'"]` }),
      'LOCK_TARGET',
      'environments',
      /none of the environments/,
    ],
    [
      'environments that name groups',
      lock({ head: `environments = ["'a' in extras"]` }),
      'LOCK_INVALID',
      'environments[0]',
      /can not name extras/,
    ],
    [
      'version 2.0',
      lock().replace('"1.0"', '"2.0"'),
      'LOCK_UNSUPPORTED',
      'lock-version',
      /version 2.0 of the format is not known/,
    ],
    ['version without a minor part', lock().replace('"1.0"', '"1"'), 'LOCK_INVALID', 'lock-version', /such as "1.0"/],
    [
      'vcs and wheels together',
      lock({ entry: 'vcs = { type = "git", url = "https://e.org", commit-id = "0" }' }),
      'LOCK_INVALID',
      'packages[0]',
      /vcs excludes wheels and sdist/,
    ],
    [
      'a name that is not normalized',
      lock({ name: 'Six' }),
      'LOCK_INVALID',
      'packages[0].name',
      /"Six" is not a normalized name \(line 5/,
    ],
    [
      'no wheel that fits, and no sdist',
      lock({ file: 'six-1.17.0-cp27-cp27m-win32.whl' }),
      'LOCK_NO_WHEEL',
      'packages[0]',
      /six 1.17.0 has no wheel for cp313-cp313-linux_x86_64, and no sdist; its wheels are for cp27-cp27m-win32/,
    ],
    ['no packages', 'lock-version = "1.0"\ncreated-by = "x"', 'LOCK_INVALID', '', /"packages" is missing/],
    ['no created-by', lock().replace('created-by = "test"', ''), 'LOCK_INVALID', '', /"created-by" is missing/],
    [
      'a time of upload as a string',
      lock({ rest: 'upload-time = "2025-01-01T00:00:00Z"' }),
      'LOCK_INVALID',
      'packages[0].wheels[0].upload-time',
      /without quotation marks/,
    ],
    [
      'a date of upload without a time',
      lock({ rest: 'upload-time = 2025-01-01' }),
      'LOCK_INVALID',
      'packages[0].wheels[0].upload-time',
      /a date and time/,
    ],
    [
      'a bad marker',
      lock({ entry: 'marker = "os_name = 1"' }),
      'LOCK_INVALID',
      'packages[0].marker',
      /not a marker: expected one of/,
    ],
    ['an empty marker', lock({ entry: 'marker = ""' }), 'LOCK_INVALID', 'packages[0].marker', /the string is empty/],
    [
      'a marker that names extra',
      lock({ entry: `marker = "extra == 'x'"` }),
      'LOCK_INVALID',
      'packages[0].marker',
      /only extras/,
    ],
    ['a bad version', lock({ version: 'one' }), 'LOCK_INVALID', 'packages[0].version', /not a version/],
    ['a size that is a float', lock({ size: '3.0' }), 'LOCK_INVALID', 'packages[0].wheels[0].size', /integer of bytes/],
    ['a negative size', lock({ size: '-3' }), 'LOCK_INVALID', 'packages[0].wheels[0].size', /not negative/],
    [
      'no source',
      'lock-version="1.0"\ncreated-by="x"\n[[packages]]\nname="a"',
      'LOCK_INVALID',
      'packages[0]',
      /one of wheels, sdist, .* \(line 3/,
    ],
    [
      'neither url nor path',
      lock().replace('path = "wheels/six.whl"', ''),
      'LOCK_INVALID',
      'packages[0].wheels[0]',
      /"url" or "path" is missing/,
    ],
    [
      'a URL of another kind',
      lock().replace('path = "wheels/six.whl"', 'url = "ftp://e.org/x"'),
      'LOCK_INVALID',
      'packages[0].wheels[0].url',
      /not a URL with http/,
    ],
    [
      'a file name that leads elsewhere',
      lock({ file: '../six-1.17.0-py3-none-any.whl' }),
      'LOCK_INVALID',
      'packages[0].wheels[0].name',
      /not the name of a file/,
    ],
    [
      'a URL whose name leads elsewhere once it is decoded',
      lock()
        .replace(/name = "six-.*\n/, '')
        .replace('path = "wheels/six.whl"', 'url = "https://e.org/..%2Fsix-1.17.0-py3-none-any.whl"'),
      'LOCK_INVALID',
      'packages[0].wheels[0]',
      /not the name of a file/,
    ],
    [
      'a subdirectory that leads out',
      lock({ entry: 'directory = { path = "a", subdirectory = "../b" }' }).replace(
        /\[\[packages\.wheels\]\][\s\S]*/,
        '',
      ),
      'LOCK_INVALID',
      'packages[0].directory.subdirectory',
      /leads out/,
    ],
    [
      'a commit without its id',
      lock({ entry: 'vcs = { type = "git", url = "x" }' }).replace(/\[\[packages\.wheels\]\][\s\S]*/, ''),
      'LOCK_INVALID',
      'packages[0].vcs',
      /"commit-id" is missing/,
    ],
    ['what is not TOML', `${lock()}\n= 3`, 'LOCK_SYNTAX', '', /line 13 of pylock.toml/],
    [
      'a table that is an array',
      lock({ head: 'tool = []' }),
      'LOCK_INVALID',
      'tool',
      /a table is expected, not an array/,
    ],
  ])('%s', (_, text, code, path, message) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code, path });
    expect(error.message).toMatch(message);
  });

  test('an extra or a group that the lock does not have', () => {
    const text = lock({ head: 'extras = ["color"]' });
    expect(refusal(text, { extras: ['colour'] })).toMatchObject({
      code: 'LOCK_CHOICE',
      message: expect.stringContaining('the lock has no extra colour, it has color'),
    });
    expect(refusal(text, { groups: ['dev'] }).message).toContain('the lock has no group dev, it has none');
  });

  test('what a lock from elsewhere says of files on this machine', () => {
    const remote = (text: string) => () => parsePylock(text, { isRemote: true });
    expect(remote(lock())).toThrow('packages[0].wheels[0].path: a lock from elsewhere can not name a path');
    const url = lock().replace('path = "wheels/six.whl"', 'url = "file:///w/x"');
    expect(remote(url)).toThrow('packages[0].wheels[0].url: a lock from elsewhere can not name a file');
    const tree = 'lock-version="1.0"\ncreated-by="x"\n[[packages]]\nname="a"\ndirectory.path="."';
    expect(remote(tree)).toThrow('packages[0].directory.path: a lock from elsewhere can not name a path');
    expect(remote(lock().replace('path = "wheels/six.whl"', 'url = "https://e.org/x"'))).not.toThrow();
  });

  test('bytes that are not UTF-8', () => {
    expect(() => parsePylock(Buffer.from([0x61, 0xff]), { file: 'pylock.toml' })).toThrow('the file is not UTF-8');
  });
});

test('a package that is not needed is skipped with the reason', () => {
  const { lock: read } = parsePylock(lock({ entry: 'marker = "os_name == \'nt\'"' }));
  const { selected, skipped } = selectPackages(read, TARGET);
  expect(selected).toEqual([]);
  expect(skipped).toMatchObject([{ index: 0, reason: "its marker does not hold: os_name == 'nt'" }]);
});

describe('what a package is installed from', () => {
  const artifactOf = (source: string) => {
    const text = `lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "a"\nversion = "1"\n${source}`;
    return selectPackages(parsePylock(text).lock, TARGET).selected[0]?.artifact;
  };
  const file = (name: string) => `{ name = "${name}", path = "x", hashes = { sha256 = "${SHA256}" } }`;

  test('the best wheel', () => {
    const wheels = ['a-1-py3-none-any.whl', 'a-1-cp313-abi3-linux_x86_64.whl', 'a-1-cp312-cp312-win32.whl'];
    expect(artifactOf(`wheels = [${wheels.map(file).join(', ')}]\nsdist = ${file('a-1.tar.gz')}`)).toMatchObject({
      kind: 'wheel',
      tag: 'cp313-abi3-linux_x86_64',
      file: { name: wheels[1] },
    });
  });

  test('the source distribution, where no wheel fits', () => {
    const source = `wheels = [${file('a-1-cp27-none-any.whl')}]\nsdist = ${file('a-1.tar.gz')}`;
    expect(artifactOf(source)).toMatchObject({ kind: 'sdist', file: { name: 'a-1.tar.gz' } });
  });

  test.each([
    [
      `archive = { url = "https://e.org/a.zip", subdirectory = "b", hashes = { sha256 = "${SHA256}" } }`,
      { kind: 'archive', subdirectory: 'b' },
    ],
    [
      'vcs = { type = "git", url = "git@e.org:a", requested-revision = "v1", commit-id = "0f" }',
      { kind: 'vcs', commitId: '0f' },
    ],
    ['directory = { path = "../a", editable = true }', { kind: 'directory', path: '../a', editable: true }],
  ])('%s', (source, artifact) => {
    expect(artifactOf(source)).toMatchObject(artifact);
  });
});

test('names of lock files have one name at most', () => {
  expect(
    ['pylock.toml', 'pylock.docs.toml', 'pylock.1.1.toml', 'pylock..toml', 'Pylock.toml', 'pylock'].map(pylockName),
  ).toEqual(['', 'docs', undefined, undefined, undefined, undefined]);
});
