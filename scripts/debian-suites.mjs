// Packages and sources of other Debian suites than the machine's own, unpacked into a directory. What is installed, and
// what apt knows of the machine, stays as it is.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fetches by apt and unpacks.
 *
 * @param {string} suite - `sid`, `trixie` …
 * @param {string} directory - where to; what apt needs for itself is in it for as long as this takes
 * @param {readonly string[]} packages - names; each is unpacked over the others
 * @throws {Error} with the sentence that tells why there is nothing
 */
export function unpackPackages(suite, directory, packages) {
  withIndex({ suite, directory, types: 'deb' }, (apt, scratch) => {
    apt(['download', ...packages]);
    for (const name of readdirSync(scratch).filter((file) => file.endsWith('.deb'))) {
      run('dpkg', ['-x', join(scratch, name), directory], scratch);
    }
  });
}

/**
 * Makes an executable of unpacked packages run with the libraries that were unpacked with it; a variable would reach what
 * it starts, too.
 *
 * @param {string} directory
 * @param {string} executable
 */
export function linkToOwnLibraries(directory, executable) {
  const loader = join(directory, 'usr/lib64/ld-linux-x86-64.so.2');
  const libraries = join(directory, 'usr/lib/x86_64-linux-gnu');
  run('patchelf', ['--set-interpreter', loader, '--force-rpath', '--set-rpath', libraries, executable], directory);
}

/**
 * Fetches and unpacks the source that a package was built from, and returns the directory it came as.
 *
 * @param {string} suite
 * @param {string} directory
 * @param {string} name
 */
export function unpackSource(suite, directory, name) {
  withIndex({ suite, directory, types: 'deb-src' }, (apt, scratch) => {
    apt(['source', '--download-only', name]);
    const archive = readdirSync(scratch).find((file) => /\.orig\.tar\.\w+$/.test(file));
    if (archive === undefined) throw new Error(`apt fetched no source of ${name}`);
    run('tar', ['-xf', archive, '-C', directory], scratch);
  });
  const [unpacked = ''] = readdirSync(directory);
  return join(directory, unpacked);
}

/** @typedef {(args: readonly string[]) => void} Apt */

/**
 * Calls a function with an `apt-get` that knows one suite alone, and with the directory in which that runs.
 *
 * @param {{ suite: string, directory: string, types: string }} index
 * @param {(apt: Apt, scratch: string) => void} use
 */
function withIndex({ suite, directory, types }, use) {
  const mirror = mirrorOfDebian();
  const scratch = join(directory, '.apt');
  for (const name of ['lists/partial', 'archives/partial']) mkdirSync(join(scratch, name), { recursive: true });
  writeFileSync(join(scratch, 'status'), '');
  writeFileSync(
    join(scratch, 'suite.sources'),
    `Types: ${types}\nURIs: ${mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${debianKeyring()}\n`,
  );
  const options = {
    'Dir::Etc::SourceList': join(scratch, 'suite.sources'),
    'Dir::Etc::SourceParts': '-',
    'Dir::State::Lists': join(scratch, 'lists'),
    'Dir::State::status': join(scratch, 'status'),
    'Dir::Cache::archives': join(scratch, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    // A mirror may stand still; the signature is checked all the same.
    'Acquire::Check-Valid-Until': 'false',
    'APT::Sandbox::User': 'root',
  };
  /** @type {Apt} */
  const apt = (args) => {
    const given = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    run('apt-get', ['-qq', ...given, ...args], scratch);
  };
  try {
    apt(['update']);
    use(apt, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function mirrorOfDebian() {
  const format = '$(LABEL) $(REPO_URI)';
  const { stdout, error } = spawnSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' });
  const line = error ? undefined : stdout.split('\n').find((text) => text.startsWith('Debian '));
  if (line === undefined) throw new Error('apt knows no mirror of Debian here');
  return line.slice('Debian '.length);
}

function debianKeyring() {
  const { stdout } = spawnSync('dpkg', ['-L', 'debian-archive-keyring'], { encoding: 'utf8' });
  const key = (stdout ?? '').split('\n').find((path) => /debian-archive-keyring\.(?:gpg|pgp)$/.test(path));
  if (key === undefined) throw new Error("Debian's keyring is missing");
  return key;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  const { status, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 300_000,
  });
  if (error) throw new Error(`${command} did not end well: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${args.at(-1)} failed: ${stderr.trim().split('\n').at(-1)}`);
}
