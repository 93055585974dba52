// Makes the package of a native executable, `dist/packages/TARGET`, for this machine or for the targets that are named
// (`node scripts/build.mjs linux-arm64 …`, or `all`). Bun comes from npm, where its binaries are packages of their own;
// what is compiled for another system needs that system's.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUN = '1.4.5';
const TARGETS = {
  'linux-x64': { bun: 'linux-x64', os: 'linux', cpu: 'x64', libc: 'glibc' },
  'linux-arm64': { bun: 'linux-aarch64', os: 'linux', cpu: 'arm64', libc: 'glibc' },
  'linux-x64-musl': { bun: 'linux-x64-musl', os: 'linux', cpu: 'x64', libc: 'musl' },
  'linux-arm64-musl': { bun: 'linux-aarch64-musl', os: 'linux', cpu: 'arm64', libc: 'musl' },
  'darwin-x64': { bun: 'darwin-x64', os: 'darwin', cpu: 'x64' },
  'darwin-arm64': { bun: 'darwin-aarch64', os: 'darwin', cpu: 'arm64' },
  'win32-x64': { bun: 'windows-x64', os: 'win32', cpu: 'x64' },
};

const here = fileURLToPath(new URL('..', import.meta.url));
const cache = join(here, 'node_modules/.cache');
const libc = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime ? '-musl' : '';
const host = `${process.platform}-${process.arch}${libc}`;
const asked = process.argv.slice(2);

run(join(here, '../../node_modules/.bin/tsup'), []);
for (const name of asked.length === 0 ? [host] : asked[0] === 'all' ? Object.keys(TARGETS) : asked) makePackage(name);

function makePackage(name) {
  const target = TARGETS[name];
  if (target === undefined) throw new Error(`${name} is none of ${Object.keys(TARGETS).join(', ')}`);
  const directory = join(here, 'dist/packages', name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'bin'), { recursive: true });
  const file = target.os === 'win32' ? 'vivarium.exe' : 'vivarium';
  run(bunFor(TARGETS[host]), [
    'build',
    '--compile',
    '--minify',
    '--bytecode',
    '--format=cjs',
    // A directory that was cloned a second ago may hold these; they would set variables and run code.
    '--no-compile-autoload-dotenv',
    '--no-compile-autoload-bunfig',
    `--compile-executable-path=${bunFor(target)}`,
    `--target=bun-${target.bun.replace('aarch64', 'arm64')}`,
    `--outfile=${join(directory, 'bin', file)}`,
    join(here, 'dist/native.cjs'),
  ]);
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifestFor(name, target, file), null, 2)}\n`);
  for (const text of ['README.md', 'LICENSE']) copyFileSync(join(here, text), join(directory, text));
  process.stdout.write(`made ${directory}\n`);
}

function manifestFor(name, { os, cpu, libc }, file) {
  const { version, license, dependencies } = JSON.parse(readFileSync(join(here, '../cli/package.json'), 'utf8'));
  return {
    name: `@vivarium/native-${name}`,
    version,
    description: `The vivarium command as a native executable for ${name}`,
    keywords: ['vivarium', 'virtualenv', 'python'],
    license,
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
    bin: { vivarium: `bin/${file}` },
    files: ['bin'],
    dependencies: Object.fromEntries(Object.keys(dependencies).map((dependency) => [dependency, version])),
    publishConfig: { access: 'public', provenance: true },
  };
}

/** The Bun of a target; npm installs what is for another system only when it is forced to. */
function bunFor({ bun, os }) {
  const directory = join(cache, 'bun', BUN, bun);
  const program = join(directory, 'node_modules/@oven', `bun-${bun}`, 'bin', os === 'win32' ? 'bun.exe' : 'bun');
  if (existsSync(program)) return program;
  mkdirSync(directory, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--force', '--loglevel=error'];
  run('npm', ['install', '--prefix', directory, ...options, `@oven/bun-${bun}@${BUN}`]);
  return program;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `ended with ${status}`}`);
}
