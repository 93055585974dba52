import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '@vivarium/core/host';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  contextWith,
  fill,
  type LabContext,
  newRun,
  planSeeded,
  type SeederSettings,
  seed,
  sitePackages,
  temporaryDirectory,
} from './lab.ts';

const isRoot = process.getuid?.() === 0;
const OTHER = 12_345;

const wheel = makeWheel({
  name: 'demo',
  version: '1.0',
  files: [
    { name: 'demo/__init__.py', contents: 'NAME = "demo"\n' },
    { name: 'demo/inner/tool.py', contents: 'x = 1\n' },
    { name: 'demo-1.0.data/scripts/shell', contents: '#!/bin/sh\n', mode: 0o100755 },
  ],
});
const directory = fill(mkdtempSync(join(tmpdir(), 'seeder-app-data-')), [wheel]);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const settings: Partial<SeederSettings> = {
  ...{ noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo'], extraSearchDir: [directory] },
  compileSeeds: 'now',
};

/** An environment, the run's context, and how the next environment is created. */
async function environment(linkMode: 'hardlink' | 'symlink' = 'hardlink', context: LabContext = newRun()) {
  const create = async (): Promise<string> => {
    const destination = join(temporaryDirectory(), 'env');
    await seed({ destination, settings: { ...settings, linkMode }, context });
    return sitePackages(destination);
  };
  const site = await create();
  return { context, site, create };
}

/** What the files of `demo` are in an environment: path, owner, permissions, contents. */
function stateOf(site: string): readonly string[] {
  return ['demo', 'demo-1.0.dist-info'].flatMap((top) =>
    readdirSync(join(site, top), { recursive: true, encoding: 'utf8' })
      .sort()
      .flatMap((name) => {
        const path = join(site, top, name);
        const { uid, gid, mode } = statSync(path);
        if (!statSync(path).isFile()) return [];
        return [`${top}/${name} ${uid}:${gid} ${mode.toString(8)} ${readFileSync(path, 'base64')}`];
      }),
  );
}

const CHANGES: Readonly<Record<string, (site: string) => void>> = {
  'a source edited in place': (site) => appendFileSync(join(site, 'demo/__init__.py'), 'evil = 1\n'),
  'a source of the same size edited in place': (site) => {
    writeFileSync(join(site, 'demo/inner/tool.py'), 'x = 2\n');
  },
  'byte code edited in place': (site) => {
    const [name = ''] = readdirSync(join(site, 'demo/__pycache__'));
    appendFileSync(join(site, 'demo/__pycache__', name), 'x');
  },
  'metadata edited in place': (site) => appendFileSync(join(site, 'demo-1.0.dist-info/METADATA'), 'x'),
  'a file cut off': (site) => truncateSync(join(site, 'demo/__init__.py')),
  'chmod -R': (site) => execFileSync('chmod', ['-R', 'o+w', site]),
  'a file that is executable': (site) => chmodSync(join(site, 'demo/inner/tool.py'), 0o755),
  ...(isRoot
    ? {
        'chown -R': (site: string) => execFileSync('chown', ['-R', `${OTHER}`, site]),
        'chgrp -R': (site: string) => execFileSync('chgrp', ['-R', `${OTHER}`, site]),
        'one file that belongs to another user': (site: string) => {
          chownSync(join(site, 'demo/inner/tool.py'), OTHER, OTHER);
        },
      }
    : {}),
};

describe('what is done to one environment does not reach the next, by hard link:', () => {
  test.each(Object.entries(CHANGES))('%s', async (_, change) => {
    const { context, site, create } = await environment();
    const before = stateOf(site);
    expect(lstatSync(join(site, 'demo/__init__.py')).nlink).toBeGreaterThan(1);
    change(site);
    expect(stateOf(site)).not.toEqual(before);
    const next = await create();
    expect(stateOf(next)).toEqual(before);
    expect(context.warnings.join('\n')).toMatch(
      /^the cached files of demo 1.0 are not used and built again, because .+/,
    );
    // And the one after that shares what was built.
    const told = context.warnings.length;
    expect(stateOf(await create())).toEqual(before);
    expect(context.warnings).toHaveLength(told);
  });

  test('an access control list that admits others', async ({ skip }) => {
    const { site, create } = await environment();
    const before = stateOf(site);
    try {
      execFileSync('setfacl', ['-R', '-m', `u:${OTHER}:rwx`, site], { stdio: 'ignore' });
    } catch {
      skip('setfacl is missing, or there are no lists on this file system');
    }
    const next = await create();
    expect(stateOf(next)).toEqual(before);
    expect(execFileSync('ls', ['-l', join(next, 'demo/__init__.py')], { encoding: 'utf8' })).not.toMatch(/^\S+\+ /);
  });
});

describe('by symbolic link', () => {
  test('the metadata is of the environment itself, so that installers find it and may write to it', async () => {
    const { site } = await environment('symlink');
    const info = join(site, 'demo-1.0.dist-info');
    expect(lstatSync(info).isDirectory()).toBe(true);
    const files = readdirSync(info).map((name) => lstatSync(join(info, name)));
    expect(files.every(({ nlink, mode }) => nlink === 1 && (mode & 0o777) === 0o644)).toBe(true);
  });

  test('no tool that respects permissions can write through the links', async () => {
    const { context } = await environment('symlink');
    const linked = join(context.cache.directory, 'linked/3');
    const [name = ''] = readdirSync(linked);
    const tree = join(linked, name, 'demo-1.0.image');
    const all = readdirSync(tree, { recursive: true, encoding: 'utf8' }).map((path) => join(tree, path));
    expect(all.length).toBeGreaterThan(10);
    expect([tree, ...all].filter((path) => (lstatSync(path).mode & 0o222) !== 0)).toEqual([]);
    // They are files of their own: those of environments by hard link keep their permissions.
    expect(all.filter((path) => lstatSync(path).isFile() && lstatSync(path).nlink > 1)).toEqual([]);
  });

  const writes: Readonly<Record<string, (site: string) => void>> = {
    ...CHANGES,
    'metadata in `linked`': (site) => {
      const linked = join(realpathSync(join(site, 'demo')), '../../linked');
      appendFileSync(join(linked, 'demo-1.0.dist-info/METADATA'), 'x');
    },
    'a new file': (site) => writeFileSync(join(site, 'demo/evil.py'), ''),
    'a new file in an inner directory': (site) => writeFileSync(join(site, 'demo/inner/evil.py'), ''),
    'a file that is replaced by rename': (site) => {
      writeFileSync(join(site, 'demo/new'), 'NAME = "evil"\n');
      execFileSync('mv', [join(site, 'demo/new'), join(site, 'demo/__init__.py')]);
    },
    'a directory that is writable': (site) => chmodSync(join(site, 'demo/inner'), 0o755),
  };

  test.runIf(isRoot).each(Object.entries(writes).filter(([name]) => !/^ch\w+ -R|^metadata edited/.test(name)))(
    'what root writes through the links does not reach the next environment: %s',
    async (_, change) => {
      const { site, context, create } = await environment('symlink');
      const before = stateOf(site);
      const linked = lstatSync(join(site, 'demo')).isSymbolicLink();
      expect(linked).toBe(true);
      change(site);
      const next = await create();
      expect(stateOf(next)).toEqual(before);
      expect(context.warnings).toEqual([expect.stringMatching(/^the cached files of demo 1.0 are not used and built/)]);
    },
  );
});

describe('an image that was damaged is built again', () => {
  async function imageIn(kind: 'images' | 'compiled' = 'images') {
    const { context, create, site } = await environment();
    const [name = ''] = readdirSync(join(context.cache.directory, kind, '3'));
    return { context, create, before: stateOf(site), directory: join(context.cache.directory, kind, '3', name) };
  }

  /** As if the machine had been restarted since all images were built. */
  function restart(cacheDirectory: string): void {
    for (const kind of ['images/3', 'compiled/3'].map((name) => join(cacheDirectory, name))) {
      for (const path of readdirSync(kind).map((name) => join(kind, name, 'manifest.json'))) {
        writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), started: 1_000_000_000 }));
      }
    }
  }

  test.each([
    ['cut off', (text: string) => text.slice(0, 100)],
    ['full of zeros', (text: string) => '\0'.repeat(text.length)],
    ['empty', () => ''],
    ['null', () => 'null'],
    ['of another format', (text: string) => text.replace(/"format":\s*2/, '"format":1')],
  ])('when its manifest is %s', async (_, damage) => {
    const { create, before, directory } = await imageIn('compiled');
    const path = join(directory, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, damage(text));
    expect(stateOf(await create())).toEqual(before);
    expect(JSON.parse(readFileSync(path, 'utf8')).files).toEqual(JSON.parse(text).files);
  });

  test('when its manifest lacks any key, or has any value of another type', { timeout: 240_000 }, async () => {
    const { context, directory } = await imageIn('compiled');
    const path = join(directory, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    const manifest = JSON.parse(text);
    const request = { destination: '/nowhere/env', settings, context };
    const places = placesIn(manifest);
    expect(places.length).toBeGreaterThan(50);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.constantFrom(undefined, null, 7, 'text', [], {}, [null], { a: 1 }),
        async (place, value) => {
          const damaged = JSON.stringify(withValue(manifest, place, value));
          writeFileSync(path, damaged);
          await planSeeded(request);
          const now = readFileSync(path, 'utf8');
          // It was built again, or what was changed says nothing of any file.
          if (now === damaged) expect(JSON.parse(now)).toMatchObject(describing(manifest));
          writeFileSync(path, text);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    ['is full of zeros', (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size))],
    ['is cut off', (path: string) => truncateSync(path, 3)],
    ['is gone', (path: string) => unlinkSync(path)],
    [
      'is a directory',
      (path: string) => {
        unlinkSync(path);
        mkdirSync(path);
      },
    ],
    [
      'is a link to the same',
      (path: string) => {
        const text = readFileSync(path);
        unlinkSync(path);
        writeFileSync(`${path}.txt`, text);
        symlinkSync(`${path}.txt`, path);
      },
    ],
  ])('when a file of it %s after a restart, whatever times the file has', async (_, damage) => {
    const { context, create, before, directory } = await imageIn('compiled');
    const { mtime } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    for (const file of ['purelib/demo/inner/tool.py', 'purelib/demo-1.0.dist-info/RECORD']) {
      const [name = ''] = readdirSync(join(directory, '..'));
      const image = join(directory, '..', name);
      restart(context.cache.directory);
      const path = join(image, 'demo-1.0.image', file);
      damage(path);
      if (existsSync(path)) utimesSync(path, new Date(), new Date(mtime));
      expect(stateOf(await create())).toEqual(before);
    }
  });

  test('and one that is whole is read once after a restart, and that is kept', async () => {
    const { context, create, directory } = await imageIn('compiled');
    restart(context.cache.directory);
    const manifest = readFileSync(join(directory, 'manifest.json'), 'utf8');
    await create();
    expect(readFileSync(join(directory, 'manifest.json'), 'utf8')).toBe(manifest);
    const checked = join(context.cache.directory, 'checked/3');
    const [entry = ''] = readdirSync(checked);
    // It is believed from now on: what is wrong with the contents is not looked for again in this life of the machine.
    const path = join(directory, 'manifest.json');
    writeFileSync(path, manifest.replace(/"digest":\s*"../, '"digest":"__'));
    await create();
    expect(context.warnings).toEqual([]);
    writeFileSync(join(checked, entry), '1100000000');
    await create();
    expect(context.warnings).toEqual([expect.stringContaining('its contents are others')]);
  });

  test('in a read-only cache it is not used either', async () => {
    const { context, before, directory } = await imageIn('compiled');
    chmodSync(join(directory, 'demo-1.0.image/purelib/demo/__init__.py'), 0o666);
    const warnings: string[] = [];
    const reading = openCache({ directory: context.cache.directory, isReadOnly: true });
    const run = { ...contextWith(reading), warn: (message: string) => warnings.push(message), warnings };
    const { site } = await environment('hardlink', run);
    expect(stateOf(site)).toEqual(before);
    expect(warnings.length).toBeGreaterThan(0);
    reading.close();
  });
});

/** All paths of keys in a value. */
function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...placesIn(inner).map((rest) => [key, ...rest])]);
}

function withValue(value: unknown, [key = '', ...rest]: readonly string[], put: unknown): unknown {
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = rest.length === 0 ? put : withValue(copy[key], rest, put);
  if (copy[key] === undefined && !Array.isArray(copy)) delete copy[key];
  return copy;
}

/** What of a manifest says how files are put into an environment. */
function describing({ tree, trees, root, distInfo }: Record<string, unknown>): Record<string, unknown> {
  return { tree, trees, root, distInfo };
}

describe.runIf(isRoot)('root', () => {
  test('shares no file with an environment in a directory of another user, and says so', async () => {
    const directory = temporaryDirectory();
    chownSync(directory, OTHER, OTHER);
    const destination = join(directory, 'project/env');
    for (const linkMode of ['auto', 'hardlink'] as const) {
      rmSync(join(directory, 'project'), { recursive: true, force: true });
      const { plan, applied } = await seed({ destination, settings: { ...settings, linkMode }, context: newRun() });
      expect(applied.linkModes).not.toContain('hardlink');
      expect(plan.seeder?.summary).toContainEqual(['not_shared', `root creates it in a directory of user ${OTHER}`]);
      expect(lstatSync(join(sitePackages(destination), 'demo/__init__.py')).nlink).toBe(1);
    }
  });
});
