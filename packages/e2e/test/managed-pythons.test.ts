import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makePythonArchive, type PythonArchive } from '@vivarium/test-utils/python-archive';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { newSandbox, type Sandbox, vivariumCommand } from './vivarium.ts';

const python = wantedPython('3.12');
/** By the directory that pyenv keeps it in. */
const VERSION = python.executable.split('/').at(-3) ?? '';
const platform = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-gnu`;
const archives = join(import.meta.dirname, '../node_modules/.cache/python-archives');

/** A Python that says of itself that it is of the next patch release: only one of each minor version is installed here. */
const NEXT = `import sys
class Version(tuple):
    major, minor, micro, releaselevel, serial = property(lambda v: v[0]), property(lambda v: v[1]), property(lambda v: v[2]), property(lambda v: v[3]), property(lambda v: v[4])
sys.version_info = Version((3, 12, 99, 'final', 0))
`;

/** It says so to those that start it, and in its headers to those that only look. */
function nextChanges(): Readonly<Record<string, string>> {
  const path = 'include/python3.12/patchlevel.h';
  const header = readFileSync(join(realpathSync(python.executable), '../..', path), 'utf8');
  return {
    'lib/python3.12/sitecustomize.py': NEXT,
    [path]: header
      .replace(/(PY_MICRO_VERSION\s+)\d+/, (_, name) => `${name}99`)
      .replace(/(PY_VERSION\s+")[^"]+/, (_, name) => `${name}3.12.99`),
  };
}

const WRITES_WHAT_IS_LOADED = `process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.TEST_LOADED, Object.keys(require.cache).join('\\n'));
});`;

/** What was loaded of the list of builds, and of what unpacks archives. */
function fetchingParts(list: string): readonly string[] {
  const files = readFileSync(list, 'utf8')
    .split('\n')
    .filter((file) => file.includes('/vivarium/dist/'));
  expect(files).not.toEqual([]);
  return files.filter((file) => /python-build-standalone\/releases|ustar/.test(readFileSync(file, 'utf8')));
}

interface Release {
  readonly archive: PythonArchive;
  readonly version: string;
  readonly build: string;
}

function release(version: string, build: string, changes: Readonly<Record<string, string>> = {}): Release {
  mkdirSync(archives, { recursive: true });
  return { archive: makePythonArchive(python.executable, archives, changes), version, build };
}

/** A manifest of releases, in a file, and a directory with their archives. */
function offer(directory: string, releases: readonly Release[]): string {
  const builds = releases.map(({ archive: { sha256, size }, version, build }) => {
    const path = `${build}/cpython-${version}%2B${build}-${platform}-install_only_stripped.tar.gz`;
    return { version, build, platform, path, sha256, size };
  });
  const file = join(directory, `manifest-${releases.length}.json`);
  writeFileSync(file, JSON.stringify({ format: 1, date: '20261110', license: 'PSF-2.0', mirrors: [archives], builds }));
  return file;
}

/** Runs a script where there is no Python: what is installed is covered, in a mount namespace of its own. */
async function withoutPython(sandbox: Sandbox, script: string, env: Readonly<Record<string, string>>) {
  const cover = `set -e
mount -t tmpfs none ${join(homedir(), '.pyenv')} 2>/dev/null || true
# Where OpenSSL of the archive was built to look for certificates: other distributions have them elsewhere.
mount -t tmpfs none /usr/lib/ssl
for file in /usr/bin/python* /usr/bin/pypy* /usr/local/bin/python* /usr/local/bin/pypy*; do
  if [ -f "$file" ]; then mount --bind /dev/null "$(readlink -f "$file")" 2>/dev/null || true; fi
done
${script}`;
  const variables = Object.entries({ PATH: '/usr/local/bin:/usr/bin:/bin', ...env }).map(
    ([name, value]) => `${name}=${value}`,
  );
  return sandbox.run(
    'env',
    '-u',
    'PYENV_ROOT',
    '-u',
    'SSL_CERT_FILE',
    '-u',
    'SSL_CERT_DIR',
    ...variables,
    'unshare',
    '-m',
    'sh',
    '-c',
    cover,
  );
}

const mayUnshare = process.getuid?.() === 0 && existsSync('/usr/bin/unshare') && process.platform === 'linux';

const SETUP =
  "from setuptools import Extension, setup\nsetup(name='own', version='1', ext_modules=[Extension('own', ['own.c'])])\n";
const SOURCE = `#include <Python.h>
static PyModuleDef module = {PyModuleDef_HEAD_INIT, "own", 0, -1, 0};
PyMODINIT_FUNC PyInit_own(void) { PyObject *m = PyModule_Create(&module); PyModule_AddIntConstant(m, "answer", 42); return m; }
`;

test.skipIf(!mayUnshare || python.isMissing)(
  'where there is no Python one is fetched, works with pip, ssl and a compiler, and is upgraded below its environment (needs unshare, Python 3.12)',
  async () => {
    const sandbox = newSandbox();
    const first = release(VERSION, '20261110');
    const second = release('3.12.99', '20261111', nextChanges());
    const old = offer(sandbox.directory, [first]);
    const recent = offer(sandbox.directory, [first, second]);
    writeFileSync(join(sandbox.directory, 'setup.py'), SETUP);
    writeFileSync(join(sandbox.directory, 'own.c'), SOURCE);
    const vivarium = `'${process.execPath}' '${realpathSync(vivariumCommand())}'`;
    const script = (lines: readonly string[], manifest = old) =>
      withoutPython(sandbox, lines.join('\n'), { VIVARIUM_PYTHON_MANIFEST: manifest, VIVARIUM_COMPILE_SEEDS: 'never' });

    const refused = await script([`${vivarium} create -p 3.12 .venv`]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('--download-python missing');
    expect(existsSync(join(sandbox.directory, '.venv'))).toBe(false);
    const lacking = await script([`${vivarium} create --download-python missing -p 3.11 .venv`]);
    expect(lacking.stderr).toContain('The list of 20261110 has no Python that fits `3.11` to fetch');

    const made = await script([
      `${vivarium} create --download-python missing -p 3.12 --setuptools bundle --sbom bill.json .venv`,
      '.venv/bin/python -m pip --version',
      `.venv/bin/python -c 'import ssl, ctypes, sys; print(ssl.OPENSSL_VERSION, sys.version_info[:3], "authorities", len(ssl.create_default_context().get_ca_certs()))'`,
      '.venv/bin/python setup.py -q build_ext --inplace',
      `.venv/bin/python -c 'import own; print("answer", own.answer)'`,
    ]);
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toMatch(/pip \d+.*\.venv[\s\S]*OpenSSL.*authorities [1-9]\d+[\s\S]*answer 42/);

    const bill = JSON.parse(readFileSync(join(sandbox.directory, 'bill.json'), 'utf8')) as {
      readonly components: object[];
    };
    expect(bill.components[0]).toMatchObject({
      name: 'CPython',
      licenses: [{ expression: 'PSF-2.0' }],
      hashes: [{ content: first.archive.sha256 }],
      properties: expect.arrayContaining([{ name: 'vivarium:build', value: '20261110' }]),
    });

    const upgraded = await script(
      [
        `${vivarium} pythons upgrade`,
        `.venv/bin/python -c 'import own, sys; print("answer", own.answer, *sys.version_info[:3])'`,
        `${vivarium} doctor .venv || true`,
        `${vivarium} repair .venv`,
        `${vivarium} prune --pythons --yes`,
        `.venv/bin/python -c 'import own, ssl, sys; print("after", *sys.version_info[:3])'`,
        `${vivarium} pythons remove 3.12 || echo refused`,
        `${vivarium} remove --yes .venv`,
        `${vivarium} pythons remove 3.12`,
      ],
      recent,
    );
    expect(upgraded).toMatchObject({ exitCode: 0 });
    expect(upgraded.stdout).toContain('answer 42 3 12 99');
    expect(upgraded.stdout).toContain('BASE_REPLACED');
    expect(upgraded.stdout).toContain('removed 1 Python');
    expect(upgraded.stdout).toContain('after 3 12 99');
    expect(upgraded.stdout).toContain('refused');
    expect(upgraded.stderr).toContain('.venv');
    const store = join(sandbox.env.XDG_DATA_HOME ?? '', 'vivarium-pythons');
    expect(readdirSync(store).filter((name) => !name.startsWith('.'))).toEqual([]);
  },
);

test.skipIf(python.isMissing)(
  'a Python of this machine is taken before one is fetched, and nothing is, nor is what could fetch it loaded (needs Python 3.12)',
  async () => {
    const [hook, loaded] = [temporaryDirectory(), temporaryDirectory()].map((each) => join(each, 'loaded.cjs'));
    writeFileSync(`${hook}`, WRITES_WHAT_IS_LOADED);
    const sandbox = newSandbox({
      VIVARIUM_DOWNLOAD_PYTHON: 'missing',
      VIVARIUM_PYTHON_MIRROR: '/nowhere',
      NODE_OPTIONS: `--require=${hook}`,
      TEST_LOADED: `${loaded}`,
    });
    expect(await sandbox.vivarium('create', '-p', '3.12', '--no-seed', 'env')).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(existsSync(join(sandbox.env.XDG_DATA_HOME ?? '', 'vivarium-pythons'))).toBe(false);
    expect(fetchingParts(`${loaded}`)).toEqual([]);
    const always = await sandbox.vivarium('create', '-p', '3.12', '--no-seed', '--download-python', 'always', 'env2');
    expect(always).toMatchObject({ exitCode: 1 });
    expect(always.stderr).toContain('/nowhere');
    expect(fetchingParts(`${loaded}`).length).toBeGreaterThan(1);
  },
);

test('a project can not let Pythons be fetched', async () => {
  const sandbox = newSandbox();
  for (const setting of [
    'download-python = "missing"',
    'python-mirror = ["/tmp"]',
    'python-manifest = "x"',
    'python-store = "x"',
  ]) {
    writeFileSync(join(sandbox.directory, 'pyproject.toml'), `[tool.vivarium]\n${setting}\n`);
    const { exitCode, stderr } = await sandbox.vivarium('create', '--no-seed', 'env');
    expect({ setting, exitCode }).toEqual({ setting, exitCode: 2 });
    expect(stderr).toContain('pyproject.toml');
  }
});

test('what can be installed is listed without any network, for people and as a document', async () => {
  const sandbox = newSandbox();
  const { stdout } = await sandbox.run('unshare', '-rn', vivariumCommand(), 'pythons', '--available', '3.12', '--json');
  const { available } = JSON.parse(stdout) as { readonly available: readonly { readonly version: string }[] };
  expect(available.map(({ version }) => version.split('.').slice(0, 2).join('.'))).toEqual(['3.12']);
  expect((await sandbox.vivarium('pythons', '--available')).stdout).toMatch(/^CPython 3\.\d+\.\d+ +20\d{6} {2}\S+$/m);
});

test.skipIf(python.isMissing)(
  'the library fetches a Python for a call, an environment and a lock, and says how far it is (needs Python 3.12)',
  async () => {
    const sandbox = newSandbox();
    const manifest = offer(temporaryDirectory(), [release(VERSION, '20261110')]);
    const script = `
    import { findPython, ensureEnvironment, listPythons } from 'vivarium';
    const phases = new Set();
    const onEvent = (event) => event.type === 'python' && phases.add(event.phase);
    const env = { ...process.env, PATH: '/nowhere', PYENV_ROOT: '/nowhere' };
    const options = { env, manifest: ${JSON.stringify(manifest)}, onEvent };
    const refused = await findPython('3.12', options).catch((error) => error);
    const found = await findPython('3.12', { ...options, download: 'missing' });
    const listed = await listPythons('3.12', options);
    const ensured = await ensureEnvironment({ destination: 'env', python: '3.12', downloadPython: 'missing', env,
      pluginSettings: { pythonManifest: ${JSON.stringify(manifest)} }, onEvent, seeder: false });
    const locked = await ensureEnvironment({ destination: 'locked', lock: 'pylock.toml', downloadPython: 'missing', env,
      pluginSettings: { pythonManifest: ${JSON.stringify(manifest)} } });
    console.log(JSON.stringify({ locked: locked.environment.interpreter.version.minor, code: refused.code, hint: refused.hint, source: found.source, listed: listed.length,
      outcome: ensured.outcome, base: ensured.environment.interpreter.basePrefix, phases: [...phases] }));`;
    const file = join(realpathSync(vivariumCommand()), '../../../..', `library-${process.pid}.mjs`);
    writeFileSync(file, script);
    const lock = 'lock-version = "1.0"\ncreated-by = "x"\npackages = []\nrequires-python = "==3.12.*"\n';
    writeFileSync(join(sandbox.directory, 'pylock.toml'), lock);
    const { stdout, stderr } = await sandbox.run(process.execPath, file);
    expect(stderr).toBe('');
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(answer).toMatchObject({
      code: 'INTERPRETER_NOT_FOUND',
      hint: expect.stringContaining('can be fetched'),
      source: 'managed by vivarium',
      listed: 1,
      locked: 12,
      outcome: 'created',
      phases: ['download', 'unpack', 'start'],
    });
    const receipt = join(String(answer.base), 'vivarium-python.json');
    expect(JSON.parse(readFileSync(receipt, 'utf8'))).toMatchObject({ license: 'PSF-2.0', version: VERSION });
    const { python: named } = JSON.parse(
      readFileSync(join(sandbox.directory, 'locked', 'vivarium-receipt.json'), 'utf8'),
    ) as { readonly python: object };
    expect(named).toMatchObject({ name: 'CPython', version: VERSION, build: '20261110', license: 'PSF-2.0' });
  },
);

test('without -p the project decides, and with it a warning says what the project asks for', async () => {
  const sandbox = newSandbox();
  const project = join(sandbox.directory, 'pyproject.toml');
  writeFileSync(project, '[project]\nname = "x"\nrequires-python = ">=3.99"\n');
  const refused = await sandbox.vivarium('create', '--no-seed', 'env');
  expect(refused).toMatchObject({ exitCode: 1 });
  expect(refused.stderr).toContain('`>=3.99`');
  expect(refused.stderr).toContain(project);
  const asked = await sandbox.vivarium('create', '--no-seed', '-p', '3', 'env');
  expect(asked).toMatchObject({ exitCode: 0 });
  expect(asked.stderr).toMatch(/is used, as asked for; \S*pyproject\.toml asks for >=3\.99/);
  expect((await sandbox.vivarium('pythons')).stdout).toContain(`this project asks for >=3.99 (${project})`);
  writeFileSync(project, '[project]\nname = "x"\nrequires-python = ">=3.6"\n');
  expect(await sandbox.vivarium('create', '--no-seed', 'env2')).toMatchObject({ exitCode: 0, stderr: '' });
  writeFileSync(join(sandbox.directory, '.python-version'), '3.98\n');
  expect((await sandbox.vivarium('create', '--no-seed', 'env3')).stderr).toContain('`3.98`');
  const { project: shown } = JSON.parse((await sandbox.vivarium('pythons', '--json')).stdout) as {
    readonly project: object;
  };
  expect(shown).toEqual({ text: '3.98', source: join(sandbox.directory, '.python-version') });
});
