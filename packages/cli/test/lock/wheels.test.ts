import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeWheel, type WheelRecipe } from '@vivarium/test-utils/make-wheel';
import { describe, expect, test } from 'vitest';
import { contentOf, type Entry, lockText, openPlace } from './place.ts';

/** A demo that is installed in an environment whose content is known, or not at all. */
function entryOf(recipe: Partial<WheelRecipe>, file?: string): Entry {
  const wheel = makeWheel({ name: 'demo', version: '1.0', ...recipe });
  return { name: 'demo', version: '1.0', wheel: { file: file ?? wheel.file, bytes: wheel.bytes } };
}

const module = { name: 'demo.py', contents: 'VERSION = 1\n' };
const withFile = (name: string, contents = 'x'): Partial<WheelRecipe> => ({ files: [module, { name, contents }] });
const withCommand = (name: string): Partial<WheelRecipe> => ({
  entryPoints: `[console_scripts]\n${name} = demo:main\n`,
});
const withFormat = (format: string): Partial<WheelRecipe> => ({
  files: [module],
  editRecord: (record) => record,
  format,
});

describe('a wheel that is refused leaves nothing, and no harm to the environment that there is', () => {
  test.each<readonly [string, Partial<WheelRecipe>, RegExp]>([
    ['RECORD with a wrong hash', { editRecord: (it) => it.replace(/sha256=..../, 'sha256=AAAA') }, /RECORD/],
    ['a file that RECORD does not list', { unlisted: [{ name: 'extra.py', contents: '' }] }, /does not list/],
    ['RECORD lists what is missing', { editRecord: (it) => `${it}gone.py,sha256=AAAA,1\n` }, /missing/],
    ['an entry that leaves the directory', withFile('../../x'), /`\.\.\/\.\.\/x`/],
    ['an absolute entry', withFile('/x'), /\/x/],
    ['a command that leaves the directory', withCommand('../../x'), /command/],
    ['a command that is the interpreter', withCommand('python'), /command `python`/],
    ['a command that is it by letter case', withCommand('Python3'), /command `Python3`/],
    ['a command that is an activation script', withCommand('activate'), /command `activate`/],
    ['a script that is the interpreter', withFile('demo-1.0.data/scripts/python', '#!python\n'), /python/],
    ['a script in a directory', withFile('demo-1.0.data/scripts/sub/x', '#!python\n'), /sub\/x/],
    ['data that is the interpreter', withFile('demo-1.0.data/data/bin/python'), /python/],
    ['data that is pyvenv.cfg', withFile('demo-1.0.data/data/pyvenv.cfg'), /pyvenv\.cfg/],
    ['data that is pyvenv.cfg by letter case', withFile('demo-1.0.data/data/PyVenv.cfg'), /PyVenv\.cfg/],
    ['data that is an activation script', withFile('demo-1.0.data/data/bin/activate.fish'), /activate\.fish/],
    ['data that is a marker file', withFile('demo-1.0.data/data/CACHEDIR.TAG'), /CACHEDIR\.TAG/],
    ['data that is .gitignore', withFile('demo-1.0.data/data/.gitignore'), /\.gitignore/],
    ['data that stands where a directory is', withFile('demo-1.0.data/data/bin'), /bin/],
    ['data below a file of the environment', withFile('demo-1.0.data/data/pyvenv.cfg/x'), /pyvenv\.cfg/],
    ['data of an unknown kind', withFile('demo-1.0.data/frob/x'), /frob/],
    ['the same entry twice', { files: [module, module] }, /demo\.py/],
    ['METADATA of another project', { metadata: [], files: [module], name: 'other' }, /other/],
    ['two .dist-info directories', withFile('other-1.0.dist-info/METADATA'), /\.dist-info/],
    ['format 2.0', withFormat('2.0'), /format 2\.0/],
    ['a damaged archive', { files: [{ ...module, claimedCrc: 1 }] }, /damaged/],
  ])('%s', async (_, recipe, reason) => {
    const place = openPlace();
    const good = entryOf({});
    place.write(lockText([good]), [good.wheel]);
    await place.create({ destination: 'there' });
    const before = contentOf(join(place.directory, 'there'));
    const bad = entryOf(recipe, 'demo-1.0-py2.py3-none-any.whl');
    place.write(lockText([bad]), [bad.wheel]);
    await expect(place.create()).rejects.toMatchObject({ message: expect.stringMatching(reason) });
    await expect(place.create({ destination: 'there' })).rejects.toMatchObject({
      message: expect.stringMatching(reason),
    });
    expect(readdirSync(place.directory).sort()).toEqual(['cache', 'pylock.toml', 'there', 'wheels']);
    expect(contentOf(join(place.directory, 'there'))).toEqual(before);
  });

  test('no RECORD at all', async () => {
    const place = openPlace();
    const bad = entryOf({ recordName: 'demo-1.0.dist-info/OTHER' });
    place.write(lockText([bad]), [bad.wheel]);
    await expect(place.create()).rejects.toMatchObject({ code: 'WHEEL_INVALID' });
    expect(existsSync(join(place.directory, 'env'))).toBe(false);
  });

  test('two packages that bring one path', async () => {
    const place = openPlace();
    const [one, two] = ['one', 'two'].map((name): Entry => {
      const { file, bytes } = makeWheel({ name, version: '1.0', files: [{ name: 'shared.py', contents: name }] });
      return { name, version: '1.0', wheel: { file, bytes } };
    }) as [Entry, Entry];
    place.write(lockText([one, two]), [one.wheel, two.wheel]);
    await expect(place.create()).rejects.toMatchObject({
      code: 'PACKAGE_PATH_TAKEN',
      message: expect.stringMatching(/^two can't be installed: it brings .*shared\.py, and one brings it too$/),
    });
    expect(existsSync(join(place.directory, 'env'))).toBe(false);
  });
});

describe('a wheel that is accepted', () => {
  test('a later minor version of the format is told of once', async () => {
    const place = openPlace();
    const entry = entryOf(withFormat('1.9'));
    place.write(lockText([entry]), [entry.wheel]);
    await place.create();
    await place.create({ destination: 'again' });
    expect(place.warnings).toEqual([expect.stringMatching(/is of format 1\.9/)]);
  });

  test.each(['symlink', 'hardlink', 'copy'] as const)(
    'a directory that two packages have files in, by %s',
    async (linkMode) => {
      const place = openPlace();
      const entries = ['one', 'two'].map((name): Entry => {
        const files = [
          { name: `common/${name}.py`, contents: '' },
          { name: `${name}.py`, contents: '' },
        ];
        const { file, bytes } = makeWheel({ name, version: '1.0', files });
        return { name, version: '1.0', wheel: { file, bytes } };
      });
      place.write(
        lockText(entries),
        entries.map(({ wheel }) => wheel),
      );
      const { paths } = await place.create({ pluginSettings: { linkMode } });
      const names = readdirSync(join(paths.purelib, 'common')).filter((name) => name.endsWith('.py'));
      expect(names.sort()).toEqual(['one.py', 'two.py']);
      expect(readFileSync(join(paths.purelib, 'one-1.0.dist-info/RECORD'), 'utf8')).toMatch(
        /^common\/one\.py,sha256=/m,
      );
    },
  );

  test('a module with a syntax error', async () => {
    const place = openPlace();
    const entry = entryOf({ files: [{ name: 'demo.py', contents: 'this is not a Python\n' }] });
    place.write(lockText([entry]), [entry.wheel]);
    await place.create({ pluginSettings: { compileSeeds: 'now' } });
    expect(place.warnings).toEqual([]);
  });

  test('every kind of file goes where an installer puts it, and is recorded', async () => {
    const place = openPlace();
    const entry = entryOf({
      entryPoints: '[console_scripts]\ndemo = demo:main\n[gui_scripts]\ndemo-window = demo:main\n',
      files: [
        module,
        { name: 'demo-1.0.data/scripts/own', contents: '#!python -u\nprint(1)\n' },
        { name: 'demo-1.0.data/scripts/tool', contents: '#!/bin/sh\n' },
        { name: 'demo-1.0.data/headers/demo.h', contents: '' },
        { name: 'demo-1.0.data/data/share/demo/x.txt', contents: 'x' },
        { name: 'demo-1.0.data/purelib/more.py', contents: '' },
      ],
    });
    place.write(lockText([entry]), [entry.wheel]);
    const { paths, environment } = await place.create();
    const root = environment.destination;
    const info = join(paths.purelib, 'demo-1.0.dist-info');
    expect(readFileSync(join(paths.scripts, 'own'), 'utf8')).toBe(`#!${paths.executable} -u\nprint(1)\n`);
    for (const name of ['own', 'tool', 'demo', 'demo-window']) {
      expect(statSync(join(paths.scripts, name)).mode & 0o111).toBe(0o111);
    }
    const { major, minor } = environment.interpreter.version;
    const include = `${environment.layout.include}/site/python${major}.${minor}`;
    expect(readdirSync(join(root, include))).toContain('demo');
    expect(existsSync(join(root, 'share/demo/x.txt'))).toBe(true);
    expect(existsSync(join(paths.purelib, 'more.py'))).toBe(true);
    expect(readFileSync(join(info, 'INSTALLER'), 'utf8')).toBe('vivarium\n');
    expect(readFileSync(join(info, 'REQUESTED'), 'utf8')).toBe('');
    expect(existsSync(join(info, 'direct_url.json'))).toBe(false);
    const record = readFileSync(join(info, 'RECORD'), 'utf8').trim().split('\n');
    const listed = record.map((line) => join(paths.purelib, line.split(',')[0] ?? ''));
    expect(listed.filter((path) => !existsSync(path))).toEqual([]);
  });
});
