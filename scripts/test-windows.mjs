// `npm run test:windows`: what can be tested of Windows on Linux, for real. It needs wine, and a CPython for Windows,
// which the JAR files of a Maven artifact carry; both are large, so this is no part of `npm test`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, setUp } from './set-up.mjs';

const ARTIFACT = { name: 'cpython', version: '3.11.3-1.5.9', platform: 'windows-x86_64' };
const TESTS = ['@vivarium/creator-cpython-windows', '@vivarium/activator-batch'];

setUp();
const wine = spawnSync('wine', ['--version'], { encoding: 'utf8' });
if (wine.error) {
  if (process.getuid?.() !== 0) fail('wine is missing, and installing it needs root');
  installWine();
}
const python = process.env.VIVARIUM_WINDOWS_PYTHON ?? windowsPython();
process.stdout.write(`wine with the Windows Python in ${python}\n`);
const filters = TESTS.map((name) => `--filter=${name}`);
process.exit(run('pnpm', [...filters, 'run', 'test:windows'], { env: { VIVARIUM_WINDOWS_PYTHON: python } }));

function installWine() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['-qq', 'update'], { stdio: 'inherit', env });
  const args = ['-qq', 'install', '-y', '--no-install-recommends', 'wine', 'wine64'];
  if (spawnSync('apt-get', args, { stdio: 'inherit', env }).status !== 0) fail('wine could not be installed');
}

/** The folder of a CPython for Windows, fetched by Maven and unpacked once. */
function windowsPython() {
  const cache = join(root, 'node_modules', '.cache', 'windows-python');
  const folder = join(cache, ARTIFACT.version);
  if (existsSync(join(folder, 'python.exe'))) return folder;
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
  renameSync(unpacked, folder);
  rmSync(unpacking, { recursive: true, force: true });
  return folder;
}

function fail(sentence) {
  process.stderr.write(`test:windows: ${sentence}\n`);
  process.exit(1);
}
