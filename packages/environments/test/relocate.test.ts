import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cloneEnvironment, moveEnvironment, type RelocateRequest } from '@vivarium/environments';
import { INSTALLED_PYTHONS, sampleOf } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { describe, expect, test } from 'vitest';

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function newDirectory(): string {
  return realpathSync(temporaryDirectory());
}

function requestIn(cwd: string, more: Partial<RelocateRequest> = {}): RelocateRequest {
  const env = { HOME: cwd, PATH: process.env.PATH, LANG: 'C.UTF-8' };
  return {
    source: 'old',
    destination: 'new',
    cwd,
    env,
    quotes: { activate: quote, 'activate.csh': quote, 'activate.fish': quote },
    ...more,
  };
}

/** An environment of the venv module, with a package that has a command, an editable one, and one with a RECORD. */
function makeEnvironment(python: string, directory: string): void {
  execFileSync(python, ['-m', 'venv', '--without-pip', directory]);
  const [version = ''] = readdirSync(join(directory, 'lib'));
  const packages = join(directory, 'lib', version, 'site-packages');
  const script = `#!${directory}/bin/python\nimport sys\nprint("ran " + sys.prefix)\n`;
  write(join(directory, 'bin/tool'), script);
  chmodSync(join(directory, 'bin/tool'), 0o755);
  write(join(directory, 'src/inner/inner.py'), 'value = 7\n');
  write(join(packages, 'inner.pth'), `${directory}/src/inner\n`);
  const info = join(packages, 'tool-1.dist-info');
  write(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: tool\nVersion: 1\n');
  write(join(info, 'direct_url.json'), `{"dir_info": {"editable": true}, "url": "file://${directory}/src/inner"}`);
  write(
    join(info, 'RECORD'),
    `../../../bin/tool,${hashOf(script)},${script.length}\ntool-1.dist-info/METADATA,,\n"${directory}/etc/a,b",,\n`,
  );
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

function hashOf(text: string): string {
  return `sha256=${createHash('sha256').update(text).digest('base64url')}`;
}

function packagesOf(directory: string): string {
  const [version = ''] = readdirSync(join(directory, 'lib'));
  return join(directory, 'lib', version, 'site-packages');
}

const run = (file: string, ...args: string[]): string =>
  execFileSync(file, args, { encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8' } }).trim();

const pythons = sampleOf(INSTALLED_PYTHONS.filter(({ name }) => !name.startsWith('2.')));
const names = ['plain', 'with space', 'it\'s "$(touch x)" `y` ü', `long-${'x'.repeat(150)}`];

describe.each(pythons.map(({ name, executable }) => [name, executable] as const))('of Python %s', (_name, python) => {
  test.each(names)('an environment moves to `%s` and back, with its commands and packages', async (name) => {
    const directory = newDirectory();
    const [old, moved] = [join(directory, 'old'), join(directory, name)];
    makeEnvironment(python, old);
    const { rewritten } = await moveEnvironment(requestIn(directory, { destination: name }));
    expect(rewritten).toContain('bin/tool');
    expect(existsSync(old)).toBe(false);
    expect(run(join(moved, 'bin/tool'))).toBe(`ran ${moved}`);
    expect(run(join(moved, 'bin/python'), '-c', 'import inner; print(inner.value)')).toBe('7');
    expect(run('bash', '-c', '. "$0/bin/activate" && python -c "import sys; print(sys.prefix)"', moved)).toBe(moved);
    const record = readFileSync(join(packagesOf(moved), 'tool-1.dist-info/RECORD'), 'utf8');
    const script = readFileSync(join(moved, 'bin/tool'), 'utf8');
    expect(record).toContain(`../../../bin/tool,${hashOf(script)},${Buffer.byteLength(script)}\n`);
    expect(record).toContain(`"${moved.replaceAll('"', '""')}/etc/a,b",,\n`);
    const address = JSON.parse(readFileSync(join(packagesOf(moved), 'tool-1.dist-info/direct_url.json'), 'utf8')).url;
    expect(address).toBe(pathToFileURL(join(moved, 'src/inner')).href);
    await moveEnvironment(requestIn(directory, { source: name, destination: 'old' }));
    expect(run(join(old, 'bin/tool'))).toBe(`ran ${old}`);
    expect(readFileSync(join(old, 'bin/tool'), 'utf8').split('\n')[0]).toBe(`#!${old}/bin/python`);
  });
});

describe('an environment of the first Python', () => {
  const python = pythons[0]?.executable ?? '/usr/bin/python3';

  test('is cloned, and neither changes with the other', async () => {
    const directory = newDirectory();
    makeEnvironment(python, join(directory, 'old'));
    writeFileSync(join(directory, 'old/own.txt'), 'first');
    await cloneEnvironment(requestIn(directory));
    writeFileSync(join(directory, 'new/own.txt'), 'second');
    expect(readFileSync(join(directory, 'old/own.txt'), 'utf8')).toBe('first');
    expect(run(join(directory, 'old/bin/tool'))).toBe(`ran ${directory}/old`);
    expect(run(join(directory, 'new/bin/tool'))).toBe(`ran ${directory}/new`);
  });

  test('keeps links: those that lead out of it lead to the same file, those inside are its own', async () => {
    const directory = newDirectory();
    makeEnvironment(python, join(directory, 'old'));
    for (const [name, target] of [
      ['relative', '../data'],
      ['absolute', '/etc'],
      ['inside', 'bin/tool'],
      ['own', join(directory, 'old/bin/tool')],
    ] as const) {
      symlinkSync(target, join(directory, 'old', name));
    }
    await moveEnvironment(requestIn(directory, { destination: 'a/b/new' }));
    const link = (name: string): string => readlinkSync(join(directory, 'a/b/new', name));
    expect(['relative', 'absolute', 'inside', 'own'].map(link)).toEqual([
      join(directory, 'data'),
      '/etc',
      'bin/tool',
      join(directory, 'a/b/new/bin/tool'),
    ]);
  });

  test('that was renamed by hand before is put right by moving it', async () => {
    const directory = newDirectory();
    makeEnvironment(python, join(directory, 'first'));
    execFileSync('mv', ['first', 'old'], { cwd: directory });
    await moveEnvironment(requestIn(directory));
    expect(run(join(directory, 'new/bin/tool'))).toBe(`ran ${directory}/new`);
  });

  test('has what is not its own named, and kept as it is', async () => {
    const directory = newDirectory();
    makeEnvironment(python, join(directory, 'old'));
    const text = `prefix=${directory}/old/lib\n`;
    write(join(directory, 'old/lib/pkgconfig/x.pc'), text);
    write(join(directory, 'old/bin/binary'), '');
    writeFileSync(join(directory, 'old/bin/binary'), Buffer.concat([Buffer.from([0x7f, 0xff]), Buffer.from(text)]));
    execFileSync('mkfifo', [join(directory, 'old/fifo')]);
    const { notes } = await cloneEnvironment(requestIn(directory));
    expect(notes).toEqual([
      `bin/binary contains ${directory}/old, and that stays as it is`,
      `lib/pkgconfig/x.pc contains ${directory}/old, and that stays as it is`,
      'fifo is not a file, and is skipped',
    ]);
    expect(readFileSync(join(directory, 'new/lib/pkgconfig/x.pc'), 'utf8')).toBe(text);
  });

  test('stays whole, with nothing left behind, where its Python does not start at the new place', async () => {
    const directory = newDirectory();
    makeEnvironment(python, join(directory, 'old'));
    writeFileSync(join(packagesOf(join(directory, 'old')), 'stop.pth'), 'import os; os._exit(3)\n');
    await expect(moveEnvironment(requestIn(directory))).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
    expect(readdirSync(directory).sort()).toEqual(['old']);
    rmSync(join(directory, 'old/bin/python'));
    symlinkSync('/nowhere/python', join(directory, 'old/bin/python'));
    await expect(moveEnvironment(requestIn(directory))).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_USABLE' });
    expect(readdirSync(directory).sort()).toEqual(['old']);
  });

  test('goes nowhere that is taken, in itself or around itself', async () => {
    const directory = newDirectory();
    makeEnvironment(python, join(directory, 'around/old'));
    write(join(directory, 'taken/file'), '');
    const move = (destination: string) => moveEnvironment(requestIn(directory, { source: 'around/old', destination }));
    await expect(move('taken')).rejects.toMatchObject({ code: 'DESTINATION_NOT_EMPTY' });
    await expect(move('taken/file')).rejects.toMatchObject({ code: 'DESTINATION_NOT_DIRECTORY' });
    for (const place of ['around/old', 'around/old/in', 'around']) {
      await expect(move(place)).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_MOVABLE' });
    }
    await expect(moveEnvironment(requestIn(directory, { source: 'taken' }))).rejects.toMatchObject({
      code: 'ENVIRONMENT_NOT_FOUND',
    });
    expect(run(join(directory, 'around/old/bin/tool'))).toBe(`ran ${directory}/around/old`);
  });

  test('is only planned by a dry run', async () => {
    const directory = newDirectory();
    makeEnvironment(python, join(directory, 'old'));
    const { plan } = await moveEnvironment(requestIn(directory, { dryRun: true }));
    expect(plan.steps.at(-1)?.kind).toBe('run');
    expect(readdirSync(directory)).toEqual(['old']);
  });
});
