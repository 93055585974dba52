import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '@vivarium/core/internal';

/** A Python that was unpacked and is about to be moved to its place. */
export interface Unpacked {
  /** Where it is now. */
  readonly directory: string;
  /** Its standard library, below `directory`. */
  readonly stdlib: string;
  /** Where it will be. */
  readonly destination: string;
}

const MANAGED = `[externally-managed]
Error=This Python is managed by vivarium, and environments are created with it.
 Install packages into an environment: vivarium create .venv
`;

/**
 * Makes what says where and with what the Python was built say where it will be, and name what there is on the machine of
 * a user: the data of `sysconfig`, the Makefile and the files of pkg-config name the prefix and the compilers of the
 * machine that built it, and extension modules could not be compiled with these. Marks it as managed (PEP 668).
 */
export function patch({ directory, stdlib, destination }: Unpacked): void {
  for (const file of inDirectory(stdlib, /^_sysconfigdata_.*\.py$/)) {
    rewrite(file, (text) => withOwnPrefix(withCompilers(text, PYTHON_VALUE), destination));
  }
  for (const configuration of inDirectory(stdlib, /^config-/, 'directory')) {
    for (const file of inDirectory(configuration, /^Makefile$/)) {
      rewrite(file, (text) => withOwnPrefix(withCompilers(text, MAKE_VALUE), destination));
    }
  }
  const others = [
    ...inDirectory(join(directory, 'lib', 'pkgconfig'), /\.pc$/),
    ...inDirectory(join(directory, 'bin'), /-config$/),
  ];
  for (const file of others) rewrite(file, (text) => withOwnPrefix(text, destination));
  writeFileSync(join(stdlib, 'EXTERNALLY-MANAGED'), MANAGED, { mode: 0o644 });
}

/** The prefix that the builds are made for. Nothing is there on any machine that they are used on. */
const BUILT_FOR = /(?:(?<![\w./-])|(?<=-[LI]))\/install(?=[/"'\s:;,]|$)/gm;

function withOwnPrefix(text: string, destination: string): string {
  return text.replaceAll(BUILT_FOR, () => destination);
}

const COMPILER_KEYS = '(?:CC|CXX|LINKCC|MAINCC|LDSHARED|LDCXXSHARED|BLDSHARED|AR|RANLIB|CONFIG_ARGS|OPENSSL_RPATH)';
/** A value of a Python dictionary, which is broken into several literals where it is long. */
const PYTHON_VALUE = new RegExp(
  `^(?<key>(?:build_time_vars = \\{| )'${COMPILER_KEYS}': )(?<value>['"][^\\n]*(?:\\n {2,}['"][^\\n]*)*)`,
  'gm',
);
const MAKE_VALUE = new RegExp(`^(?<key>${COMPILER_KEYS}=)(?<value>[^\\n]*)`, 'gm');

/** By the names that every system has for its compiler, in place of the one of the machine that built it. */
const OWN_NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/(?<=^|[\s'"=])(?:\/[\w.+/-]*\/)?clang\+\+(?=$|[\s'"])/g, 'c++'],
  [/(?<=^|[\s'"=])(?:\/[\w.+/-]*\/)?clang(?=$|[\s'"])/g, 'cc'],
  [/(?<=^|[\s'"=])(?:\/[\w.+/-]*\/)?llvm-(ar|ranlib)(?=$|[\s'"])/g, '$1'],
];

function withCompilers(text: string, values: RegExp): string {
  return text.replaceAll(values, (_, key: string, value: string) => {
    return `${key}${OWN_NAMES.reduce((result, [pattern, name]) => result.replaceAll(pattern, name), value)}`;
  });
}

function inDirectory(directory: string, name: RegExp, kind: 'file' | 'directory' = 'file'): readonly string[] {
  return namesIn(directory)
    .filter((each) => name.test(each))
    .map((each) => join(directory, each))
    .filter((path) => {
      const stats = lstatSync(path);
      return kind === 'file' ? stats.isFile() : stats.isDirectory();
    });
}

// As bytes: what is not UTF-8 stays as it is.
function rewrite(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'latin1');
  const changed = change(text);
  if (changed !== text) writeFileSync(file, changed, 'latin1');
}
