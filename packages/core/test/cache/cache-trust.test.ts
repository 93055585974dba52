import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCache } from '@vivarium/core/host';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testDirectory } from '../directory.ts';

const isRoot = process.getuid?.() === 0;
const OTHER = 12_345;

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
    expect(judge(join(directory, 'nowhere')).warnings).toEqual(['it is a link that leads nowhere']);
    expect(judge(join(directory, 'circle')).warnings).toEqual(['links on the way to it lead in a circle']);
    expect(judge(join(directory, 'text')).warnings).toEqual(['it is not a directory']);
    expect(judge(join(directory, 'text/below')).warnings).toEqual([`${join(directory, 'file')} is not a directory`]);
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
    const { directory, above, parent, cache } = makeCache();
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
    chownSync(directory, 0, 0);
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

/** Does something as another user of the machine, in this process. */
function asOther<T>(work: () => T): T {
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([]);
  process.setegid?.(OTHER);
  process.seteuid?.(OTHER);
  const { getuid } = process;
  process.getuid = () => OTHER;
  try {
    return work();
  } finally {
    if (getuid !== undefined) process.getuid = getuid;
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.(groups);
  }
}

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

  test.skipIf(!isRoot)(
    'a cache below a directory of the user to which a list admits others is not written',
    async () => {
      const { above, parent, cache } = makeCache();
      rmSync(cache, { recursive: true });
      for (const path of [above, parent]) chownSync(path, OTHER, OTHER);
      execFileSync('setfacl', ['-m', 'u:54321:rwx', parent]);
      const said = asOther(() => {
        const warnings: string[] = [];
        openCache({ directory: cache, warn: (message) => warnings.push(message) }).writeText('a', 'b');
        return warnings;
      });
      expect(said).toEqual([expect.stringContaining(`an access control list lets others write to ${parent}`)]);
      expect(readdirSync(parent)).toEqual([]);
    },
  );
});
