import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { anyPython } from '@vivarium/test-utils/pythons';
import { serveIndex } from '@vivarium/test-utils/serve-index';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram } from './program.ts';
import { newSandbox, type Sandbox, vivariumCommand } from './vivarium.ts';

const six = makeWheel({ name: 'six', version: '1.17.0' });
const other = makeWheel({ name: 'other', version: '1.0' });
const digest = (algorithm: string): string => createHash(algorithm).update(six.bytes).digest('hex');
const RIGHT = `sha256 = "${six.sha256}"`;
const HEAD = 'lock-version = "1.0"\ncreated-by = "test"\n';

interface Parts {
  readonly head?: string;
  readonly entry?: string;
  readonly hashes?: string;
  readonly file?: string;
  readonly rest?: string;
}

/** A lock of one wheel, of which each part can be another. */
function lock({ head = HEAD, entry = 'version = "1.17.0"', hashes = RIGHT, file, rest = '' }: Parts = {}): string {
  const wheel = file ?? `name = "${six.file}"\npath = "wheels/${six.file}"`;
  return `${head}[[packages]]\nname = "six"\n${entry}\n[[packages.wheels]]\n${wheel}\nhashes = { ${hashes} }\n${rest}`;
}

const second = (entry: string): string =>
  `[[packages]]\n${entry}\nwheels = [{ name = "${other.file}", path = "wheels/${other.file}", hashes = { sha256 = "${other.sha256}" } }]\n`;
const marked = (marker: string): string => `version = "1.17.0"\nmarker = "${marker}"`;
const named = (name: string): string => `name = "${name}"\npath = "wheels/${six.file}"`;

/** Those in which nothing is wrong but that they can't be installed here. The others are faults of what was typed. */
const NOT_INSTALLED = new Set([
  'wrong sha256',
  'wrong size',
  'sha256 right, sha512 wrong',
  'the same package twice, both active',
  'requires-python of the lock is not met',
  'requires-python of a package is not met',
  'environments are not met',
  'no compatible wheel, no sdist',
  'a URL that leads to nothing',
]);

/** What each is rejected with; the place in the document is part of it wherever a place is wrong. */
const REJECTED: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
  'wrong sha256': [
    lock({ hashes: `sha256 = "${'0'.repeat(64)}"` }),
    /six.* sha256 [0-9a-f]{64}, and the lock says 0{64}/,
  ],
  'wrong size': [
    lock({ rest: 'size = 3' }),
    /six.* more than 3 bytes, and the lock says 3|has \d+ bytes, and the lock says 3/,
  ],
  'no hashes': [lock().replace(/hashes = .*/, ''), /packages\[0\]\.wheels\[0\]: "hashes" is missing \(line 6 of/],
  'empty hashes': [lock({ hashes: '' }), /packages\[0\]\.wheels\[0\]\.hashes: .*\(line 9 of/],
  'md5 alone': [lock({ hashes: `md5 = "${digest('md5')}"` }), /wheels\[0\]\.hashes: .*only md5 \(line 9 of/],
  'sha256 right, sha512 wrong': [lock({ hashes: `${RIGHT}, sha512 = "${'0'.repeat(128)}"` }), /has the sha512/],
  'an unknown algorithm alone': [lock({ hashes: 'whirlpool = "00"' }), /hashes: .*only whirlpool \(line 9 of/],
  'the same package twice, both active': [
    lock({ rest: second('name = "six"\nversion = "1.0"').replaceAll('other-1.0', 'six-1.0') }),
    /packages\[1\]: six is selected twice, packages\[0\] is the other entry \(line 10 of/,
  ],
  'an inactive entry whose file contradicts its version': [
    lock({ entry: `version = "1.16.0"\nmarker = "os_name == 'none'"` }),
    /packages\[0\]\.wheels\[0\]: .* version 1\.17\.0, not of 1\.16\.0 \(line 7 of/,
  ],
  'requires-python of the lock is not met': [
    lock({ head: `${HEAD}requires-python = "<3"\n` }),
    /requires-python: the lock is for Python <3.*\(line 3 of/,
  ],
  'requires-python of a package is not met': [
    lock({ entry: 'version = "1.17.0"\nrequires-python = "<3"' }),
    /packages\[0\]\.requires-python: six is for Python <3.*\(line 6 of/,
  ],
  'environments are not met': [
    lock({ head: `${HEAD}environments = ["os_name == 'none'"]\n` }),
    /environments: this is none of the environments.*\(line 3 of/,
  ],
  'version 2.0 of the format': [lock({ head: HEAD.replace('1.0', '2.0') }), /lock-version: .*2\.0.*\(line 1 of/],
  'vcs and wheels together': [
    lock({ entry: 'version = "1.17.0"\nvcs = { type = "git", url = "https://e.org", commit-id = "0" }' }),
    /packages\[0\]: vcs excludes wheels.*\(line 3 of/,
  ],
  'a name that is not normalized': [lock().replace('"six"', '"Six"'), /packages\[0\]\.name: "Six".*\(line 4 of/],
  'no compatible wheel, no sdist': [
    lock({ file: named('six-1.17.0-cp27-cp27m-win32.whl') }),
    /packages\[0\]: six 1\.17\.0 has no wheel for .* and no sdist; its wheels are for cp27-cp27m-win32 \(line 3 of/,
  ],
  'a version that contradicts the file name': [
    lock({ entry: 'version = "2"' }),
    /packages\[0\]\.wheels\[0\]: .* not of 2 \(line 6 of/,
  ],
  'a name that contradicts the file name': [
    lock().replace('"six"', '"seven"'),
    /packages\[0\]\.wheels\[0\]: .* wheel of six, not of seven \(line 6 of/,
  ],
  'no packages': [HEAD, /"packages" is missing/],
  'no created-by': [lock({ head: 'lock-version = "1.0"\n' }), /"created-by" is missing/],
  'a time of upload as a string': [
    lock({ rest: 'upload-time = "2025-01-01T00:00:00Z"' }),
    /wheels\[0\]\.upload-time: .*\(line 10 of/,
  ],
  'a bad marker': [lock({ entry: marked('os_name = 1') }), /packages\[0\]\.marker: .*\(line 6 of/],
  'an empty marker': [lock({ entry: marked('') }), /packages\[0\]\.marker: .*\(line 6 of/],
  'a URL that leads to nothing': [
    lock({ file: 'url = "MISSING"', hashes: `sha256 = "${'1'.repeat(64)}"` }),
    /six-1\.17\.0.*404/s,
  ],
};

/** What is installed from each, and what it warns of. */
const ACCEPTED: Readonly<Record<string, readonly [text: string, packages: readonly string[], warning?: RegExp]>> = {
  'right hash': [lock(), ['six']],
  'upper-case hexadecimal digest': [lock({ hashes: `sha256 = "${six.sha256.toUpperCase()}"` }), ['six']],
  'upper-case SHA256 key': [lock({ hashes: RIGHT.replace('sha', 'SHA') }), ['six']],
  'the same package twice, disjoint markers': [
    lock({
      entry: marked("os_name != 'none'"),
      rest: second(`name = "six"\nversion = "1.0"\nmarker = "os_name == 'none'"`).replaceAll('other-1.0', 'six-1.0'),
    }),
    ['six'],
  ],
  'version 1.1 with an unknown key': [
    lock({ head: `${HEAD.replace('1.0', '1.1')}novel = 1\n` }),
    ['six'],
    /novel.*line 3 of/,
  ],
  'default groups by marker': [
    lock({ head: `${HEAD}default-groups = ["main"]\n`, entry: marked("'main' in dependency_groups") }),
    ['six'],
  ],
  'groups by marker, not asked for': [
    lock({ head: `${HEAD}dependency-groups = ["dev"]\n`, entry: marked("'dev' in dependency_groups") }),
    [],
  ],
  'extras by marker, not asked for': [
    lock({ head: `${HEAD}extras = ["more"]\n`, entry: marked("'more' in extras") }),
    [],
  ],
  'attestation identities': [
    lock({ entry: 'version = "1.17.0"\nattestation-identities = [{ kind = "GitHub", repository = "a/b" }]' }),
    ['six'],
  ],
  'a dependency is missing from the lock': [
    lock({ entry: 'version = "1.17.0"\ndependencies = [{ name = "gone" }]' }),
    ['six'],
  ],
  'the URL of a file': [lock({ file: 'url = "FILE"' }), ['six']],
  'a naive time of upload': [lock({ rest: 'upload-time = 2025-01-01T00:00:00' }), ['six'], /upload-time.*line 10 of/],
  'no version': [lock({ entry: '' }), ['six']],
};

function snapshot(directory: string): string {
  const lines = readdirSync(directory, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return `${path} ${entry.isFile() ? readFileSync(path, 'base64') : ''}`;
  });
  return lines.sort().join('\n');
}

/** A sandbox with an environment `there`, and a directory for each lock. */
async function sandboxWithEnvironment(): Promise<Sandbox & { readonly missing: string }> {
  const index = await serveIndex([]);
  onTestFinished(() => index.close());
  const sandbox = newSandbox({ PIP_CONFIG_FILE: '/dev/null', PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '0' });
  await write(sandbox, 'first', lock());
  const created = await sandbox.vivarium('create', ...OPTIONS, '--lock', 'first/pylock.toml', 'there');
  expect(created).toMatchObject({ exitCode: 0 });
  return { ...sandbox, missing: new URL(`/files/${six.file}`, index.url).href };
}

const OPTIONS = ['-p', anyPython().executable, '--no-seed', '--activators', ''];

async function write(sandbox: Sandbox, name: string, text: string): Promise<void> {
  const directory = join(sandbox.directory, name, 'wheels');
  mkdirSync(directory, { recursive: true });
  for (const { file, bytes } of [six, other]) writeFileSync(join(directory, file), bytes);
  writeFileSync(join(sandbox.directory, name, 'pylock.toml'), text);
}

/** Does something for every row of a table, two at a time. */
async function forEachRow<T>(rows: Readonly<Record<string, T>>, act: (name: string, row: T) => Promise<void>) {
  const left = Object.entries(rows);
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(...next);
  };
  await Promise.all([work(), work()]);
}

test('each lock that is wrong is refused with its place and line, and neither leaves nor harms anything', async () => {
  const sandbox = await sandboxWithEnvironment();
  const before = snapshot(join(sandbox.directory, 'there'));
  await forEachRow(REJECTED, async (name, [text, message]) => {
    await write(sandbox, name, text.replace('MISSING', sandbox.missing));
    const args = ['create', '--json', ...OPTIONS, '--lock', `${name}/pylock.toml`, `${name}/new`, 'there'];
    const { exitCode, stdout } = await sandbox.vivarium(...args);
    const { errors } = JSON.parse(stdout) as { readonly errors: readonly { readonly message: string }[] };
    expect({ name, exitCode, messages: errors.map((error) => message.test(error.message) || error.message) }).toEqual({
      name,
      exitCode: NOT_INSTALLED.has(name) ? 1 : 2,
      messages: errors.map(() => true),
    });
    expect(errors.length).toBeGreaterThan(0);
    expect(readdirSync(join(sandbox.directory, name)).sort()).toEqual(['pylock.toml', 'wheels']);
  });
  expect(snapshot(join(sandbox.directory, 'there'))).toBe(before);
  expect(readdirSync(sandbox.directory).filter((name) => name.startsWith('.vivarium-'))).toEqual([]);
}, 120_000);

test('each lock that is right is installed, with a warning where something is doubtful', async () => {
  const sandbox = await sandboxWithEnvironment();
  const url = new URL(`file://${sandbox.directory}/first/wheels/${six.file}`).href;
  await forEachRow(ACCEPTED, async (name, [text, packages, warning]) => {
    await write(sandbox, name, text.replace('FILE', url));
    const args = ['create', '--json', ...OPTIONS, '--lock', `${name}/pylock.toml`, `${name}/new`];
    const { exitCode, stdout, stderr } = await sandbox.vivarium(...args);
    const [environment] = JSON.parse(stdout).environments;
    const names = environment.packages.map((one: { readonly name: string }) => one.name);
    expect({ name, exitCode, names }).toEqual({ name, exitCode: 0, names: packages });
    if (warning === undefined) expect({ name, stderr }).toEqual({ name, stderr: '' });
    else expect(stderr).toMatch(warning);
  });
}, 120_000);

test('groups and extras of a lock are asked for by name', async () => {
  const sandbox = await sandboxWithEnvironment();
  const head = `${HEAD}dependency-groups = ["dev"]\nextras = ["more"]\n`;
  const entry = marked("'dev' in dependency_groups or 'more' in extras");
  await write(sandbox, 'choice', lock({ head, entry }));
  for (const [option, count] of [
    ['--group=Dev', 1],
    ['--extra=more', 1],
    ['--offline', 0],
  ] as const) {
    const args = ['create', '--json', '--dry-run', ...OPTIONS, '--lock', 'choice/pylock.toml', option, 'new'];
    const [plan] = JSON.parse((await sandbox.vivarium(...args)).stdout).plans;
    expect([option, plan.seeder.packages.length]).toEqual([option, count]);
  }
});

test('a dry run lists every file of every package', async () => {
  const sandbox = await sandboxWithEnvironment();
  const args = ['create', '--json', '--dry-run', ...OPTIONS, '--lock', 'first/pylock.toml'];
  const [plan] = JSON.parse((await sandbox.vivarium(...args, 'new')).stdout).plans;
  type Step = { kind: string; package?: string; path: string; files?: readonly string[] };
  const files = (plan.steps as readonly Step[])
    .filter((step) => step.package === 'six')
    .flatMap(({ kind, path, files: listed }) =>
      kind === 'tree' ? (listed ?? []) : [path.replace(/^.*site-packages\//, '')],
    );
  const created = await sandbox.vivarium(...args.filter((arg) => arg !== '--dry-run'), 'new');
  const { purelib } = JSON.parse(created.stdout).environments[0].paths;
  const there = readdirSync(purelib, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(purelib.length + 1));
  expect([...files].sort()).toEqual(
    there.filter((name) => !name.startsWith('_virtualenv') && !name.startsWith('_vivarium')).sort(),
  );
});

test('--check prints how packages differ, changes nothing, and says so by its exit code', async () => {
  const sandbox = await sandboxWithEnvironment();
  const before = snapshot(join(sandbox.directory, 'there'));
  const check = (...args: string[]) => sandbox.vivarium('create', '--check', '--lock', ...args);
  const same = await check('first/pylock.toml', 'there');
  expect(same).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `${sandbox.directory}/there has the packages of ${sandbox.directory}/first/pylock.toml`,
  });
  await write(sandbox, 'second', `${HEAD}${second('name = "other"\nversion = "1.0"')}`);
  const differs = await check('second/pylock.toml', 'there');
  expect(differs).toEqual({
    exitCode: 1,
    stderr: '',
    stdout: `${sandbox.directory}/there: 2 packages differ from ${sandbox.directory}/second/pylock.toml\n  + other 1.0\n  - six 1.17.0`,
  });
  const document = await check('second/pylock.toml', '--json', 'there', 'nothing');
  expect(document.exitCode).toBe(1);
  expect(JSON.parse(document.stdout)).toMatchObject({
    checks: [
      {
        destination: `${sandbox.directory}/there`,
        changes: [
          { name: 'other', action: 'add', from: null, to: '1.0' },
          { name: 'six', action: 'remove', from: '1.17.0', to: null },
        ],
      },
      { destination: `${sandbox.directory}/nothing`, changes: [{ name: 'other', action: 'add' }] },
    ],
  });
  expect(await sandbox.vivarium('create', '--check', 'there')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--lock'),
  });
  expect(snapshot(join(sandbox.directory, 'there'))).toBe(before);
  expect(readdirSync(sandbox.directory)).not.toContain('nothing');
});

const script = findProgram('script');
test.skipIf(script === undefined)('at a terminal one line says how far it is, and is gone in the end', async () => {
  const sandbox = await sandboxWithEnvironment();
  const words = [vivariumCommand(), 'create', ...OPTIONS.slice(0, 3), '--lock', 'first/pylock.toml', 'new'];
  await sandbox.run(script ?? 'script', '-qec', words.join(' '), 'log');
  const [, ...lines] = readFileSync(join(sandbox.directory, 'log'), 'utf8').split('\u001B[K');
  expect(lines[0]).toMatch(/^installing: \d+ of \d+ files\r$/);
  // What comes after the line was taken away for the last time.
  expect(lines.at(-1)).toMatch(/^created virtual environment/);
});
