import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCache } from '@vivarium/core/host';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { beforeCall } from '../apply/refused.ts';
import { testDirectory } from '../directory.ts';
import { asOther, isRoot, OTHER } from './as-other.ts';

/** What is said of a cache at a path, and whether it is read. */
function judge(directory: string): { readonly isUsed: boolean; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const cache = openCache({
    directory,
    warn: (message) => warnings.push(message.replace(`the cache ${directory} is not used, because `, '')),
  });
  return { isUsed: cache.readText('entry') === 'text', warnings };
}

/** A cache in two directories, `above/parent/cache`, and the paths of the three. */
function makeCache() {
  const directory = testDirectory({ 'above/parent/cache/entry': 'text' });
  // Others can get in there, or nothing below would matter.
  chmodSync(directory, 0o755);
  const [above, parent, cache] = ['above', 'above/parent', 'above/parent/cache'].map((path) => join(directory, path));
  if (above === undefined || parent === undefined || cache === undefined) throw new TypeError('three paths');
  return { directory, above, parent, cache };
}

describe('a cache is used', () => {
  test('where only its user can write to it and to what it is in', () => {
    const { cache } = makeCache();
    expect(judge(cache)).toEqual({ isUsed: true, warnings: [] });
  });

  test('in a directory where everyone may write but rename only their own, as in /tmp', () => {
    const { parent, cache } = makeCache();
    chmodSync(parent, 0o1777);
    expect(judge(cache)).toEqual({ isUsed: true, warnings: [] });
  });

  test('below a directory that others cannot enter, whatever they could do in there', () => {
    const { above, parent, cache } = makeCache();
    chmodSync(parent, 0o777);
    chmodSync(above, 0o700);
    expect(judge(cache)).toEqual({ isUsed: true, warnings: [] });
    chmodSync(above, 0o710);
    expect(judge(cache).isUsed).toBe(false);
    chmodSync(above, 0o701);
    expect(judge(cache).isUsed).toBe(false);
  });

  test('through a link, when the same is true of where that leads', () => {
    const { directory, parent, cache } = makeCache();
    symlinkSync('above/parent/../parent/cache', join(directory, 'link'));
    symlinkSync(parent, join(directory, 'absolute'));
    expect(judge(join(directory, 'link'))).toEqual({ isUsed: true, warnings: [] });
    expect(judge(join(directory, 'absolute/cache'))).toEqual({ isUsed: true, warnings: [] });
    chmodSync(parent, 0o777);
    expect(judge(join(directory, 'link')).warnings).toEqual([`everyone may write to ${parent}, which it is in`]);
    expect(judge(join(directory, 'absolute/cache')).warnings).toEqual([
      `everyone may write to ${parent}, which it is in`,
    ]);
    chmodSync(parent, 0o755);
    chmodSync(cache, 0o777);
    expect(judge(join(directory, 'link')).warnings).toEqual(['everyone may write to it']);
  });
});

describe('a cache is not used', () => {
  test('when everyone may write to it', () => {
    const { cache } = makeCache();
    chmodSync(cache, 0o702);
    expect(judge(cache)).toEqual({ isUsed: false, warnings: ['everyone may write to it'] });
  });

  test('when its group may write to it, also where that has the number of the user', () => {
    const { cache } = makeCache();
    chmodSync(cache, 0o720);
    const notice = `its group (${process.getgid?.()}) may write to it`;
    expect(judge(cache)).toEqual({ isUsed: false, warnings: [notice] });
  });

  test('when everyone may write to a directory that it is in', () => {
    const { above, cache } = makeCache();
    chmodSync(above, 0o757);
    expect(judge(cache)).toEqual({ isUsed: false, warnings: [`everyone may write to ${above}, which it is in`] });
  });

  test('when a link leads nowhere, in a circle, or to a file', () => {
    const directory = testDirectory({ file: '' });
    for (const [name, target] of Object.entries({ nowhere: 'missing', circle: 'circle', text: 'file' })) {
      symlinkSync(target, join(directory, name));
    }
    expect(judge(join(directory, 'nowhere')).warnings).toEqual(['a link on the way to it leads nowhere']);
    expect(judge(join(directory, 'circle')).warnings).toEqual(['links on the way to it lead in a circle']);
    expect(judge(join(directory, 'text')).warnings).toEqual(['it is not a directory']);
    expect(judge(join(directory, 'text/below')).warnings).toEqual([`${join(directory, 'file')} is not a directory`]);
  });
});

describe('a path to a cache', () => {
  test('may have empty parts, and parts that say "here"', () => {
    const { directory, cache } = makeCache();
    symlinkSync('./above//parent/./cache/', join(directory, 'link'));
    chmodSync(cache, 0o703);
    for (const path of [join(directory, 'link'), `${cache}/.`, `${cache}//`]) {
      expect(judge(path).warnings).toEqual(['everyone may write to it']);
    }
  });

  test('may lead through as many links as the system allows (40), and no more', () => {
    const { directory, cache } = makeCache();
    symlinkSync(cache, join(directory, 'link-1'));
    for (let link = 2; link <= 41; link += 1) symlinkSync(`link-${link - 1}`, join(directory, `link-${link}`));
    expect(judge(join(directory, 'link-40'))).toEqual({ isUsed: true, warnings: [] });
    expect(judge(join(directory, 'link-41')).warnings).toEqual(['links on the way to it lead in a circle']);
  });

  test('may lead through a link to where no cache is yet: it is created there', () => {
    const { directory, parent } = makeCache();
    symlinkSync('parent', join(directory, 'above/inner'));
    symlinkSync('above/inner/', join(directory, 'outer'));
    openCache({ directory: join(directory, 'outer/new/cache'), warn: (message) => expect.fail(message) }).writeText(
      'entry',
      'text',
    );
    expect(judge(join(parent, 'new/cache'))).toEqual({ isUsed: true, warnings: [] });
    expect(judge(join(directory, 'outer/new/cache'))).toEqual({ isUsed: true, warnings: [] });
    symlinkSync('inner/none/below', join(directory, 'above/nowhere'));
    symlinkSync('above/nowhere', join(directory, 'to-nowhere'));
    for (const path of ['to-nowhere', 'to-nowhere/cache']) {
      expect(judge(join(directory, path)).warnings).toEqual(['a link on the way to it leads nowhere']);
    }
  });

  test('that is too long is reported as the system reports it', () => {
    const name = 'x'.repeat(300);
    expect(judge(join(testDirectory(), name))).toEqual({
      isUsed: false,
      warnings: [expect.stringContaining('ENAMETOOLONG')],
    });
  });

  test('of which another process removes a link at that moment is of no cache', () => {
    const { directory, cache } = makeCache();
    const link = join(directory, 'link');
    symlinkSync(cache, link);
    beforeCall(
      'readlinkSync',
      (path) => path === link,
      () => rmSync(link),
    );
    expect(judge(link)).toEqual({ isUsed: false, warnings: [] });
  });
});

describe('where users have no numbers, as on Windows', () => {
  const judgeThere = (path: string) => {
    const { getuid } = process;
    Object.assign(process, { getuid: undefined });
    try {
      return judge(path);
    } finally {
      Object.assign(process, { getuid });
    }
  };

  test('a cache is used whatever its permissions are, through a link as well', () => {
    const { directory, cache } = makeCache();
    chmodSync(cache, 0o777);
    symlinkSync(cache, join(directory, 'link'));
    expect(judgeThere(cache)).toEqual({ isUsed: true, warnings: [] });
    expect(judgeThere(join(directory, 'link'))).toEqual({ isUsed: true, warnings: [] });
  });

  test('a file is no cache, and what is not there can become one', () => {
    const directory = testDirectory({ file: '' });
    expect(judgeThere(join(directory, 'file')).warnings).toEqual(['it is not a directory']);
    expect(judgeThere(join(directory, 'none')).warnings).toEqual([]);
  });
});

describe.skipIf(!isRoot)('where users can be changed (skipped: only root can)', () => {
  test('not used is what belongs to another user, or a link of theirs, or what is in a directory of theirs', () => {
    const { directory, above, parent, cache } = makeCache();
    chownSync(cache, OTHER, OTHER);
    expect(judge(cache)).toEqual({ isUsed: false, warnings: ['it belongs to another user'] });
    chownSync(cache, 0, 0);
    chownSync(above, OTHER, OTHER);
    expect(judge(cache).warnings).toEqual([`${above}, which it is in, belongs to another user`]);
    chownSync(above, 0, 0);
    symlinkSync(cache, join(directory, 'link'));
    expect(judge(join(directory, 'link')).isUsed).toBe(true);
    lchownSync(join(directory, 'link'), OTHER, OTHER);
    expect(judge(join(directory, 'link'))).toEqual({ isUsed: false, warnings: ['it belongs to another user'] });
    symlinkSync(parent, join(directory, 'way'));
    lchownSync(join(directory, 'way'), OTHER, OTHER);
    expect(judge(join(directory, 'way/cache')).warnings).toEqual([
      `${join(directory, 'way')}, which it is in, belongs to another user`,
    ]);
  });

  test("root trusts no group of a directory; another user their own, of their user's number, alone", () => {
    const { above, parent, cache } = makeCache();
    chmodSync(parent, 0o775);
    expect(judge(cache).warnings).toEqual([`the group 0 may write to ${parent}, which it is in`]);
    for (const path of [above, parent, cache]) chownSync(path, OTHER, OTHER);
    const judged = () => asOther(() => judge(cache).warnings);
    expect(judged()).toEqual([]);
    chownSync(parent, OTHER, 54_321);
    expect(judged()).toEqual([`the group 54321 may write to ${parent}, which it is in`]);
    // The system's directory, with a group of the user's number.
    chownSync(parent, 0, OTHER);
    expect(judged()).toEqual([`the group ${OTHER} may write to ${parent}, which it is in`]);
    chownSync(parent, 0, 0);
    expect(judged()).toEqual([`the group 0 may write to ${parent}, which it is in`]);
  });

  test('what a user cannot reach is not read, and nothing is said of it', () => {
    const { above, cache } = makeCache();
    chmodSync(above, 0o700);
    expect(asOther(() => judge(cache))).toEqual({ isUsed: false, warnings: [] });
  });

  test("a user reads the system's cache, and what is the user's own below it", () => {
    const { cache } = makeCache();
    expect(asOther(() => judge(cache))).toEqual({ isUsed: true, warnings: [] });
  });

  test('it is never used where another user can in fact write to it or rename it away', { timeout: 120_000 }, () => {
    const { directory, above, parent, cache } = makeCache();
    const owner = fc.constantFrom(0, OTHER);
    const attributes = fc.record({ uid: owner, gid: owner, mode: fc.integer({ min: 0, max: 0o1777 }) });
    let attacks = 0;
    fc.assert(
      fc.property(fc.tuple(attributes, attributes, attributes), (all) => {
        for (const [index, path] of [above, parent, cache].entries()) {
          const { uid = 0, gid = 0, mode = 0o700 } = all[index] ?? {};
          chownSync(path, uid, gid);
          chmodSync(path, mode);
        }
        const { isUsed } = judge(cache);
        const succeeded = asOther(() => canAttack([above, parent, cache]));
        if (succeeded) attacks += 1;
        return !(isUsed && succeeded);
      }),
      { numRuns: 500 },
    );
    expect(attacks).toBeGreaterThan(50);
    expect(readdirSync(directory)).toEqual(['above']);
  });
});

/** Whether one of the directories can be renamed, or something put into the last. */
function canAttack(paths: readonly string[]): boolean {
  const renamed = paths.some((path) => {
    try {
      renameSync(path, `${path}-away`);
      renameSync(`${path}-away`, path);
      return true;
    } catch {
      return false;
    }
  });
  if (renamed) return true;
  try {
    const planted = join(paths.at(-1) ?? '', 'planted');
    writeFileSync(planted, '');
    rmSync(planted);
    return true;
  } catch {
    return false;
  }
}

/** What is said as another user writes the first entry of a cache. */
function writeAsOther(cache: string): readonly string[] {
  return asOther(() => {
    const warnings: string[] = [];
    openCache({ directory: cache, warn: (message) => warnings.push(message) }).writeText('a', 'b');
    return warnings;
  });
}

/** A directory of another user to which that user's own group may write, with no cache in it yet. */
function makeOwnGroup() {
  const { directory, above, parent, cache } = makeCache();
  rmSync(cache, { recursive: true });
  for (const path of [above, parent]) chownSync(path, OTHER, OTHER);
  chmodSync(parent, 0o775);
  return { directory, parent, cache };
}

describe.skipIf(!isRoot)("in a directory to which the user's own group may write (skipped: only root can)", () => {
  test('a cache is written', () => {
    const { cache } = makeOwnGroup();
    expect(writeAsOther(cache)).toEqual([]);
    expect(readdirSync(cache)).toEqual(['CACHEDIR.TAG', 'a']);
  });

  test('a cache is written where the system has no program that knows of access control lists', () => {
    const { cache } = makeOwnGroup();
    const execFileSync = vi.fn(() => {
      throw new Error('ENOENT');
    });
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ execFileSync });
    onTestFinished(() => void vi.restoreAllMocks());
    expect(writeAsOther(cache)).toEqual([]);
    expect(execFileSync).toHaveBeenCalled();
    expect(readdirSync(cache)).toEqual(['CACHEDIR.TAG', 'a']);
  });
});

const listTools = ['setfacl'].filter((tool) => {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

describe.skipIf(listTools.length === 0)('with access control lists (skipped without setfacl)', () => {
  test('a cache to which a list admits another user is not used', () => {
    const { cache } = makeCache();
    execFileSync('setfacl', ['-m', `u:${OTHER}:rwx`, cache]);
    expect(judge(cache).isUsed).toBe(false);
  });

  test.skipIf(!isRoot)('a cache below a directory of the user to which a list admits others is not written', () => {
    const { directory, parent, cache } = makeOwnGroup();
    execFileSync('setfacl', ['-m', 'u:54321:rwx', parent]);
    symlinkSync(parent, join(directory, 'link'));
    for (const path of [cache, join(directory, 'link/cache')]) {
      expect(writeAsOther(path)).toEqual([
        expect.stringMatching(/an access control list lets others write to .*\/(parent|link)\)$/),
      ]);
    }
    expect(readdirSync(parent)).toEqual([]);
  });

  test.skipIf(!isRoot)('a cache below a directory that a list lets others read is written', () => {
    const { parent, cache } = makeOwnGroup();
    chmodSync(parent, 0o755);
    execFileSync('setfacl', ['-m', 'u:54321:r-x', parent]);
    expect(writeAsOther(cache)).toEqual([]);
    expect(readdirSync(cache)).toEqual(['CACHEDIR.TAG', 'a']);
  });
});
