import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FindingCode } from '@vivarium/environments';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import type { InstalledPython } from '@vivarium/test-utils/pythons';

/** An environment that is about to be damaged. */
interface Subject {
  /** Where it is, and a place for other things. */
  readonly root: string;
  readonly environment: string;
  readonly python: InstalledPython;
  /** A Python of another minor version. */
  readonly other: InstalledPython;
}

/** One way to damage an environment. */
export interface Fault {
  /** `has no pyvenv.cfg`. */
  readonly title: string;
  /** Damages it; the answer is where it is from then on, if that changes, where that is a text. */
  readonly damage: (subject: Subject) => unknown;
  /** Whether what fixes it is the second command that is shown, since there is nothing to restore from. */
  readonly isOtherwise?: boolean;
  /** Variables of the shell that `doctor` is started in. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Why this user can't do it. */
  readonly isImpossible?: string | undefined;
  /** Only with a Python of this age. */
  readonly needs?: 'old Python';
  /** Only with environments that have a pip. */
  readonly needsPip?: boolean;
}

/** Who may give files to others. */
const isRoot = process.getuid?.() === 0;

/** For each finding at least one way to get it. */
export const faults: Readonly<Record<FindingCode, readonly Fault[]>> = {
  REDIRECT_DANGLING: [
    {
      title: 'is named by a redirect and gone',
      damage: ({ root, environment }) => {
        rmSync(environment, { recursive: true });
        writeFileSync(join(root, '.venv'), `${relative(root, environment)}\n`);
        return join(root, '.venv');
      },
    },
  ],
  REDIRECT_INVALID: [
    {
      title: 'has an empty redirect',
      damage: ({ root }) => {
        writeFileSync(join(root, '.venv'), '\n');
        return join(root, '.venv');
      },
    },
  ],
  CONFIGURATION_NOT_READABLE: [
    { title: 'has no pyvenv.cfg', damage: ({ environment }) => rmSync(join(environment, 'pyvenv.cfg')) },
    {
      title: 'has a binary pyvenv.cfg',
      damage: ({ environment }) => writeFileSync(join(environment, 'pyvenv.cfg'), Buffer.alloc(4096)),
    },
    {
      title: 'has a directory for a pyvenv.cfg',
      damage: ({ environment }) => {
        rmSync(join(environment, 'pyvenv.cfg'));
        mkdirSync(join(environment, 'pyvenv.cfg'));
      },
    },
  ],
  CONFIGURATION_INCOMPLETE: [
    { title: 'has a pyvenv.cfg without home', damage: ({ environment }) => withoutKey(environment, 'home') },
  ],
  CONFIGURATION_KEY_MISSING: [
    {
      title: 'has a pyvenv.cfg without include-system-site-packages',
      damage: ({ environment }) => withoutKey(environment, 'include-system-site-packages'),
    },
    {
      title: 'has a pyvenv.cfg without a version',
      damage: ({ environment }) => withoutKey(environment, 'version(?:_info)?'),
    },
  ],
  BASE_NOT_FOUND: [{ title: 'lost its base', damage: (subject) => relink(subject, '/nowhere/bin/python3') }],
  BASE_MISMATCH: [
    { title: 'leads to another minor version', damage: (subject) => relink(subject, subject.other.executable) },
  ],
  BASE_PLATFORM_MISMATCH: [
    {
      title: 'leads to a Python of another machine',
      damage: (subject) => {
        const [major, minor] = subject.python.version;
        const directory = join(subject.root, 'other machine', 'bin');
        mkdirSync(directory, { recursive: true });
        writeFileSync(join(directory, `python${major}.${minor}`), elfOfOtherMachine(), { mode: 0o755 });
        relink(subject, join(directory, `python${major}.${minor}`));
      },
    },
  ],
  BASE_REPLACED: [
    {
      title: 'has a base that was upgraded',
      damage: ({ environment }) =>
        edit(join(environment, 'pyvenv.cfg'), (text) =>
          text.replaceAll(/^(version(?:_info)? = \d+\.\d+)\.\d+/gm, '$1.99'),
        ),
    },
  ],
  PYTHON_NOT_FOUND: [{ title: 'has no executable', damage: withoutExecutables }],
  PYTHON_NOT_USABLE: [
    {
      title: 'has an executable that leads to itself',
      damage: (subject) => {
        withoutExecutables(subject);
        symlinkSync('python', join(subject.environment, 'bin', 'python'));
      },
    },
    {
      title: 'has a directory for an executable',
      damage: (subject) => {
        withoutExecutables(subject);
        mkdirSync(join(subject.environment, 'bin', 'python'));
      },
    },
  ],
  LAYOUT_FILE_MISSING: [
    { title: 'has no python3', damage: ({ environment }) => withoutName(environment, 'python3') },
    {
      title: 'has no executable with its version',
      damage: ({ environment, python: { version } }) =>
        withoutName(environment, `python${version.slice(0, 2).join('.')}`),
    },
    { title: 'has no script for activation', damage: ({ environment }) => rmSync(join(environment, 'bin/activate')) },
  ],
  SITE_PACKAGES_NOT_FOUND: [
    {
      title: 'has no site-packages',
      damage: ({ environment }) => rmSync(join(environment, 'lib'), { recursive: true }),
    },
  ],
  ENVIRONMENT_MOVED: [
    {
      title: 'was moved',
      damage: ({ environment, root }) => {
        install(environment);
        const moved = join(root, 'else where');
        renameSync(environment, moved);
        return moved;
      },
    },
  ],
  SCRIPT_INTERPRETER_MISMATCH: [
    {
      title: 'has a command of a Python that is gone',
      damage: ({ environment }) => {
        install(environment);
        edit(join(environment, 'bin', 'example'), (text) => text.replace(/^#!.*/, '#!/nowhere/bin/python3'));
        rehash(environment);
      },
    },
  ],
  PACKAGE_FILE_MISSING: [
    {
      title: 'lacks a file of pip',
      needsPip: true,
      damage: ({ environment }) => rmSync(join(sitePackages(environment), 'pip', '__main__.py')),
    },
    {
      title: 'lacks a file of a package that the cache does not have',
      isOtherwise: true,
      damage: ({ environment, root }) => {
        install(environment);
        offer(root);
        rmSync(join(sitePackages(environment), 'example.py'));
      },
    },
  ],
  PACKAGE_FILE_CHANGED: [
    {
      title: 'has a changed file of pip',
      needsPip: true,
      damage: ({ environment }) => {
        // It may be a hard link to the cache.
        const file = join(sitePackages(environment), 'pip', '__init__.py');
        rmSync(file);
        writeFileSync(file, 'raise SystemExit("changed")\n');
      },
    },
  ],
  PACKAGE_DUPLICATE: [
    {
      title: 'has two records of a package',
      damage: ({ environment }) => {
        install(environment);
        const packages = sitePackages(environment);
        cpSync(join(packages, 'example-1.0.dist-info'), join(packages, 'example-0.9.dist-info'), { recursive: true });
        edit(join(packages, 'example-0.9.dist-info', 'RECORD'), (text) =>
          text.replace(/^example\.py.*/m, 'example.py,sha256=AAAA,1'),
        );
      },
    },
  ],
  PACKAGE_LEFTOVER: [
    {
      title: 'has what an interrupted pip left',
      damage: ({ environment }) => mkdirSync(join(sitePackages(environment), '~ip')),
    },
  ],
  PACKAGE_PLATFORM_MISMATCH: [
    {
      title: 'has an extension module of another Python',
      damage: ({ environment, root }) => {
        const module = 'example_speed.cpython-36m-x86_64-linux-gnu.so';
        install(environment, [module]);
        offer(root);
      },
    },
  ],
  FILE_OWNER_MISMATCH: [
    {
      title: 'has a file of another user',
      isImpossible: isRoot ? undefined : 'only root gives files to others',
      damage: ({ environment }) => chownSync(sitePackages(environment), 12345, 12345),
    },
  ],
  FILE_MODE_INVALID: [
    { title: 'may be written by all', damage: ({ environment }) => chmodSync(sitePackages(environment), 0o777) },
    {
      title: 'has a command that may not be executed',
      damage: ({ environment }) => {
        install(environment);
        chmodSync(join(environment, 'bin', 'example'), 0o644);
      },
    },
  ],
  PYTHONHOME_SET: [{ title: 'is used with PYTHONHOME', damage: () => {}, variables: { PYTHONHOME: '/nowhere' } }],
  PYTHONPATH_SET: [{ title: 'is used with PYTHONPATH', damage: () => {}, variables: { PYTHONPATH: '/nowhere' } }],
  VIRTUAL_ENV_NOT_FOUND: [
    { title: 'is used with a stale VIRTUAL_ENV', damage: () => {}, variables: { VIRTUAL_ENV: '/nowhere' } },
  ],
  ENVIRONMENT_NOT_IGNORED: [
    {
      title: 'is not ignored',
      damage: ({ environment, root }) => {
        mkdirSync(join(root, '.git'));
        // Hatch has one around its environments.
        for (let place = environment; place !== root; place = dirname(place)) {
          rmSync(join(place, '.gitignore'), { force: true });
        }
      },
    },
  ],
  SEED_VULNERABLE: [
    {
      title: 'has seeds with known vulnerabilities',
      damage: ({ environment }) => {
        for (const name of ['pip', 'setuptools']) {
          const packages = sitePackages(environment);
          for (const old of readdirSync(packages).filter((entry) => entry.startsWith(`${name}-`)))
            rmSync(join(packages, old), { recursive: true });
          const info = `${name}-20.0.dist-info`;
          mkdirSync(join(packages, info));
          writeFileSync(join(packages, info, 'METADATA'), `Metadata-Version: 2.1\nName: ${name}\nVersion: 20.0\n`);
          writeFileSync(join(packages, info, 'RECORD'), `${info}/METADATA,,\n${info}/RECORD,,\n`);
        }
      },
    },
  ],
  BASE_END_OF_LIFE: [{ title: 'has a Python without security fixes', needs: 'old Python', damage: () => {} }],
};

/** Where pip finds the package that {@link install} installs. */
export function offerDirectory(root: string): string {
  return join(root, 'wheels');
}

function offer(root: string): void {
  const { file, bytes } = makeWheel({
    name: 'example',
    version: '1.0',
    files: [{ name: 'example.py', contents: MODULE }],
  });
  mkdirSync(offerDirectory(root));
  writeFileSync(join(offerDirectory(root), file), bytes);
}

function sitePackages(environment: string): string {
  const [library = ''] = readdirSync(join(environment, 'lib')).filter((name) => name.startsWith('python'));
  return join(environment, 'lib', library, 'site-packages');
}

const MODULE = 'import sys\n\n\ndef main():\n    print(sys.prefix)\n';

/** A package as an installer leaves it: a module, a command, and a RECORD with their hashes. */
function install(environment: string, modules: readonly string[] = []): void {
  const packages = sitePackages(environment);
  const info = join(packages, 'example-1.0.dist-info');
  mkdirSync(info);
  writeFileSync(join(packages, 'example.py'), MODULE);
  for (const name of modules) writeFileSync(join(packages, name), '');
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: example\nVersion: 1.0\n');
  const command = join(environment, 'bin', 'example');
  writeFileSync(command, `#!${join(environment, 'bin', 'python')}\nfrom example import main\n\nmain()\n`);
  chmodSync(command, 0o755);
  rehash(environment, modules);
}

function rehash(environment: string, modules: readonly string[] = []): void {
  const packages = sitePackages(environment);
  const names = ['example.py', ...modules, 'example-1.0.dist-info/METADATA', '../../../bin/example'];
  const lines = names.map((name) => `${name},${hashOf(join(packages, name))}`);
  writeFileSync(
    join(packages, 'example-1.0.dist-info', 'RECORD'),
    [...lines, 'example-1.0.dist-info/RECORD,,', ''].join('\n'),
  );
}

function hashOf(file: string): string {
  const bytes = readFileSync(file);
  return `sha256=${createHash('sha256').update(bytes).digest('base64url')},${bytes.length}`;
}

function executablesOf(environment: string): readonly string[] {
  return readdirSync(join(environment, 'bin')).filter((name) => /^python[\d.]*$/.test(name));
}

function relink({ environment }: Subject, target: string): void {
  const bin = join(environment, 'bin');
  // `venv` and others may have the link to the base under another name, with `python` leading to it.
  for (const name of executablesOf(environment)) {
    rmSync(join(bin, name));
    if (name !== 'python') symlinkSync('python', join(bin, name));
  }
  symlinkSync(target, join(bin, 'python'));
}

function withoutExecutables({ environment }: Subject): void {
  for (const name of executablesOf(environment)) rmSync(join(environment, 'bin', name));
}

/** Takes away a name of the executable, and lets the other ones that have led to it lead to the base. */
function withoutName(environment: string, name: string): void {
  const bin = join(environment, 'bin');
  const base = /^home = (.*)$/m.exec(readFileSync(join(environment, 'pyvenv.cfg'), 'utf8'))?.[1] ?? '';
  rmSync(join(bin, name));
  for (const other of executablesOf(environment).filter((one) => !existsSync(join(bin, one)))) {
    rmSync(join(bin, other));
    symlinkSync(join(base, 'python3'), join(bin, other));
  }
}

function withoutKey(environment: string, key: string): void {
  edit(join(environment, 'pyvenv.cfg'), (text) => text.replaceAll(new RegExp(`^${key} *=.*\\n`, 'gm'), ''));
}

/** The header of an executable for 64-bit RISC-V (ELF machine 243). */
function elfOfOtherMachine(): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF', 'latin1');
  header.set([2, 1, 1], 4);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(243, 18);
  return header;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
