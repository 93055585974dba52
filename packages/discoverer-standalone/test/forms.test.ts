import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import type { TarEntry } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { install } from '../src/install/install.ts';
import type { PlatformName } from '../src/manifest/platforms.ts';
import { archiveOf, contextIn, fileEntry, linkEntry, listed, settingsIn } from './store.ts';

/** What a build of a platform says when it is started, whatever this machine is. */
function answering(version: string): string {
  return `#!/bin/sh
case "$0" in */bin/*) cd "$(dirname "$0")/..";; *) cd "$(dirname "$0")";; esac
echo '{"version":"${version}","hasCertificates":true,"hasTerminals":true,"prefix":"'"$(pwd -P)"'"}'
`;
}

async function installed(platform: PlatformName, entries: readonly TarEntry[], version = '3.13.5') {
  const directory = temporaryDirectory();
  const mirror = join(directory, 'mirror');
  const { build, bytes } = listed(await archiveOf(entries), { version });
  mkdirSync(mirror);
  writeFileSync(join(mirror, 'archive.tar.gz'), bytes);
  const { installed: one } = await install({
    build: { ...build, platform },
    manifest: { mirrors: [mirror], license: 'PSF-2.0' },
    settings: settingsIn(directory),
    context: contextIn(directory),
  });
  return { ...one, text: (path: string) => readFileSync(join(one.directory, path), 'utf8') };
}

/** As `sysconfig` of a build has it: made by clang of the machine that built it, for `/install`. */
const SYSCONFIG = `# system configuration generated and used by the sysconfig module
build_time_vars = {'AR': '/tools/llvm/bin/llvm-ar',
 'BINDIR': '/install/bin',
 'BLDSHARED': '/tools/clang-linux64/bin/clang -shared -L/tools/deps/lib '
              '-Wl,--exclude-libs,ALL',
 'CC': '/tools/clang-linux64/bin/clang -pthread',
 'CFLAGS': '-fno-strict-overflow -Wsign-compare',
 'CONFIG_ARGS': "'--prefix=/install' 'CC=clang' 'CXX=clang++'",
 'CXX': 'clang++ -pthread',
 'INCLUDEPY': '/install/include/python3.13',
 'LIBDIR': '/install/lib',
 'LDSHARED': 'clang -shared',
 'RANLIB': 'llvm-ranlib',
 'prefix': '/install',
 'srcdir': '/build/Python-3.13.5/installation',
}
`;

describe('a build for', () => {
  test('Linux names its own prefix and the compilers of this machine, wherever it was built', async () => {
    const stdlib = 'python/lib/python3.13';
    const build = await installed('x86_64-unknown-linux-gnu', [
      fileEntry('python/bin/python3.13', answering('3.13.5'), 0o755),
      linkEntry('python/bin/python3', 'python3.13'),
      fileEntry('python/bin/python3.13-config', '#!/bin/sh\nprefix="/install"\n', 0o755),
      fileEntry(`${stdlib}/os.py`, ''),
      fileEntry(`${stdlib}/LICENSE.txt`, 'PSF'),
      fileEntry(`${stdlib}/_sysconfigdata__linux_x86_64-linux-gnu.py`, SYSCONFIG),
      fileEntry(
        `${stdlib}/config-3.13-x86_64-linux-gnu/Makefile`,
        'CC=\t\tclang -pthread\nCC=clang\nprefix=/install\n',
      ),
      fileEntry('python/lib/pkgconfig/python-3.13.pc', 'prefix=/install\nlibdir=/install/lib\nCflags: -I/install\n'),
    ]);
    const { directory } = build;
    const data = build.text('lib/python3.13/_sysconfigdata__linux_x86_64-linux-gnu.py');
    expect(data).not.toMatch(/clang(?!-linux64)|llvm|'\/install/);
    for (const line of [
      ` 'BINDIR': '${directory}/bin',`,
      ` 'CC': 'cc -pthread',`,
      ` 'CXX': 'c++ -pthread',`,
      ` 'LDSHARED': 'cc -shared',`,
      `{'AR': 'ar',`,
      ` 'BLDSHARED': 'cc -shared -L/tools/deps/lib '`,
      ` 'RANLIB': 'ranlib',`,
      ` 'INCLUDEPY': '${directory}/include/python3.13',`,
      ` 'CONFIG_ARGS': "'--prefix=${directory}' 'CC=cc' 'CXX=c++'",`,
      ` 'prefix': '${directory}',`,
      // What is not the prefix stays.
      ` 'srcdir': '/build/Python-3.13.5/installation',`,
    ]) {
      expect(data).toContain(line);
    }
    expect(build.text('lib/python3.13/config-3.13-x86_64-linux-gnu/Makefile')).toContain(
      `CC=cc\nprefix=${directory}\n`,
    );
    expect(build.text('lib/pkgconfig/python-3.13.pc')).toBe(
      `prefix=${directory}\nlibdir=${directory}/lib\nCflags: -I${directory}\n`,
    );
    expect(build.text('bin/python3.13-config')).toContain(`prefix="${directory}"`);
    expect(build.text('lib/python3.13/EXTERNALLY-MANAGED')).toContain('managed by vivarium');
    expect(build).toMatchObject({ executable: 'bin/python3.13', licenseFile: 'lib/python3.13/LICENSE.txt' });
  });

  test('Windows has its executable at the top, and its library in `Lib`', async () => {
    const build = await installed('x86_64-pc-windows-msvc', [
      fileEntry('python/python.exe', answering('3.13.5'), 0o755),
      fileEntry('python/pythonw.exe', ''),
      fileEntry('python/python313.dll', ''),
      fileEntry('python/vcruntime140.dll', ''),
      fileEntry('python/DLLs/_ssl.pyd', ''),
      fileEntry('python/Lib/os.py', ''),
      fileEntry('python/LICENSE.txt', 'PSF'),
      fileEntry('python/Lib/site-packages/pip/__init__.py', ''),
      fileEntry('python/libs/python313.lib', ''),
    ]);
    expect(build).toMatchObject({ executable: 'python.exe', licenseFile: 'LICENSE.txt' });
    expect(build.name).toBe('cpython-3.13.5-20261110-x86_64-pc-windows-msvc');
    expect(build.text('Lib/EXTERNALLY-MANAGED')).toContain('[externally-managed]');
  });

  test('macOS has what Linux has, in the same places', async () => {
    const build = await installed('aarch64-apple-darwin', [
      fileEntry('python/bin/python3.13', answering('3.13.5'), 0o755),
      linkEntry('python/bin/python3', 'python3.13'),
      fileEntry('python/lib/libpython3.13.dylib', ''),
      fileEntry('python/lib/python3.13/os.py', ''),
      fileEntry('python/lib/python3.13/_sysconfigdata__darwin_darwin.py', SYSCONFIG),
    ]);
    expect(build.executable).toBe('bin/python3.13');
    expect(build.text('lib/python3.13/_sysconfigdata__darwin_darwin.py')).toContain(`'prefix': '${build.directory}'`);
    expect(existsSync(join(build.directory, 'lib/python3.13/EXTERNALLY-MANAGED'))).toBe(true);
  });

  test('free-threaded Python has its executable and its library by that name', async () => {
    const build = await installed('x86_64-unknown-linux-gnu', [
      fileEntry('python/bin/python3.13t', answering('3.13.5'), 0o755),
      linkEntry('python/bin/python3', 'python3.13t'),
      fileEntry('python/lib/python3.13t/os.py', ''),
    ]);
    expect(build.text('lib/python3.13t/EXTERNALLY-MANAGED')).toContain('managed');
  });
});
