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
  isOnDemand: true,
  contenders: async (lab) => {
    if (process.getuid?.() !== 0) {
      lab.missing.set('file systems', 'only root can mount them');
      return [];
    }
    const tree = await pipTree(lab);
    const contenders: Contender[] = [];
    for (const [name, mount] of Object.entries(MOUNTS)) {
      const folder = join(lab.folder, name);
      mkdirSync(folder);
      try {
        await mount(folder);
        lab.atEnd(async () => void (await execa('umount', [folder])));
        contenders.push(...waysOn(name, folder, tree));
      } catch (error) {
        lab.missing.set(name, String(error).trim().split('\n').at(-1) ?? '');
      }
    }
    return contenders;
  },
};

const MOUNTS: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  ext4: (folder) => loop(folder, ['mkfs.ext4', '-q']),
  xfs: (folder) => loop(folder, ['mkfs.xfs', '-q']),
  btrfs: (folder) => loop(folder, ['mkfs.btrfs', '-q']),
  tmpfs: (folder) => execa('mount', ['-t', 'tmpfs', '-o', 'size=1g', 'tmpfs', folder]),
  overlayfs: async (folder) => {
    // Where a container keeps its files: the tree is in the upper layer, as a cache made in the container is.
    const layers = ['lower', 'upper', 'work'].map((name) => `${folder}-${name}`);
    for (const layer of layers) mkdirSync(layer);
    const [lower, upper, work] = layers;
    await execa('mount', [
      '-t',
      'overlay',
      '-o',
      `lowerdir=${lower},upperdir=${upper},workdir=${work}`,
      'overlay',
      folder,
    ]);
  },
};

async function loop(folder: string, [mkfs, ...options]: readonly [string, ...string[]]): Promise<void> {
  const image = `${folder}.img`;
  await execa('truncate', ['-s', '2G', image]);
  await execa(mkfs, [...options, image]);
  await execa('mount', ['-o', 'loop,noatime', image, folder]);
}

const WAYS: Readonly<Record<string, (source: string, path: string) => void>> = {
  'hard link': linkSync,
  reflink: (source, path) => copyFileSync(source, path, constants.COPYFILE_FICLONE_FORCE),
  copy: (source, path) => copyFileSync(source, path),
  'symbolic link': (source, path) => symlinkSync(source, path),
};

function waysOn(group: string, folder: string, tree: Tree): readonly Contender[] {
  const source = join(folder, 'image');
  cpSync(tree.source, source, { recursive: true });
  return Object.entries(WAYS).map(([name, put]) => ({
    name,
    group,
    measure: async (round) => {
      const to = join(folder, `${name.replace(' ', '-')}-${round}`);
      await execa('sync', ['-f', folder]);
      const before = usedOn(folder);
      const took = await timeHere(async () => putTree(put, { ...tree, source }, to));
      await execa('sync', ['-f', folder]);
      const disk = usedOn(folder) - before;
      await execa('rm', ['-rf', to]);
      // The layers of an overlay lie on a file system that others use too.
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
function usedOn(folder: string): number {
  const { blocks, bfree, bsize } = statfsSync(folder);
  return ((blocks - bfree) * bsize) / 1024;
}
