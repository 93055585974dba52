import { constants, copyFileSync, cpSync, linkSync, mkdirSync, statfsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Case, Contender } from '../case.ts';
import { timeHere } from '../lab/library.ts';
import { pipTree, type Tree } from '../lab/tree.ts';

export const fileSystems: Case = {
  name: 'file-systems',
  title: 'Ways to put the tree of pip in, by file system',
  measures: ['wall', 'cpu', 'disk'],
  share: 0.25,
  contenders: async (lab) => {
    const obstacle = lab.isSmall ? 'a small run mounts nothing' : isRoot() ? undefined : 'only root can mount them';
    if (obstacle !== undefined) {
      lab.missing.set('file systems', obstacle);
      return [];
    }
    const tree = await pipTree(lab);
    const contenders: Contender[] = [];
    for (const [name, mount] of Object.entries(MOUNTS)) {
      const directory = join(lab.directory, name);
      mkdirSync(directory);
      try {
        await mount(directory);
        lab.atEnd(async () => void (await execa('umount', [directory])));
        contenders.push(...waysOn(name, directory, tree));
      } catch (error) {
        lab.missing.set(name, String(error).trim().split('\n').at(-1) ?? '');
      }
    }
    return contenders;
  },
};

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

const MOUNTS: Readonly<Record<string, (directory: string) => Promise<unknown>>> = {
  ext4: (directory) => loop(directory, ['mkfs.ext4', '-q']),
  xfs: (directory) => loop(directory, ['mkfs.xfs', '-q']),
  btrfs: (directory) => loop(directory, ['mkfs.btrfs', '-q']),
  tmpfs: (directory) => execa('mount', ['-t', 'tmpfs', '-o', 'size=1g', 'tmpfs', directory]),
  overlayfs: async (directory) => {
    // Where a container keeps its files: the tree is in the upper layer, as a cache made in the container is.
    const layers = ['lower', 'upper', 'work'].map((name) => `${directory}-${name}`);
    for (const layer of layers) mkdirSync(layer);
    const [lower, upper, work] = layers;
    await execa('mount', [
      '-t',
      'overlay',
      '-o',
      `lowerdir=${lower},upperdir=${upper},workdir=${work}`,
      'overlay',
      directory,
    ]);
  },
};

async function loop(directory: string, [mkfs, ...options]: readonly [string, ...string[]]): Promise<void> {
  const image = `${directory}.img`;
  await execa('truncate', ['-s', '2G', image]);
  await execa(mkfs, [...options, image]);
  await execa('mount', ['-o', 'loop,noatime', image, directory]);
}

const WAYS: Readonly<Record<string, (source: string, path: string) => void>> = {
  'hard link': linkSync,
  reflink: (source, path) => copyFileSync(source, path, constants.COPYFILE_FICLONE_FORCE),
  copy: (source, path) => copyFileSync(source, path),
  'symbolic link': (source, path) => symlinkSync(source, path),
};

function waysOn(group: string, directory: string, tree: Tree): readonly Contender[] {
  const source = join(directory, 'image');
  cpSync(tree.source, source, { recursive: true });
  return Object.entries(WAYS).map(([name, put]) => ({
    name,
    group,
    measure: async (round) => {
      const to = join(directory, `${name.replace(' ', '-')}-${round}`);
      await execa('sync', ['-f', directory]);
      const before = usedOn(directory);
      const took = await timeHere(async () => putTree(put, { ...tree, source }, to));
      await execa('sync', ['-f', directory]);
      const disk = usedOn(directory) - before;
      await execa('rm', ['-rf', to]);
      // The layers of an overlay are on a file system that others use too.
      return group === 'overlayfs' ? took : { ...took, disk };
    },
  }));
}

function putTree(put: (source: string, path: string) => void, tree: Tree, to: string): void {
  mkdirSync(to);
  for (const directory of tree.directories) mkdirSync(`${to}/${directory}`);
  for (const file of tree.files) put(`${tree.source}/${file}`, `${to}/${file}`);
}

/** In kilobytes, with what the file system needs for its own tables. */
function usedOn(directory: string): number {
  const { blocks, bfree, bsize } = statfsSync(directory);
  return ((blocks - bfree) * bsize) / 1024;
}
