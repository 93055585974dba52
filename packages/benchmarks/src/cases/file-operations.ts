import { link, linkSync, mkdirSync } from 'node:fs';
import { link as linkPromise } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Case } from '../case.ts';
import { timeHere } from '../lab/library.ts';
import { pipTree, type Tree } from '../lab/tree.ts';

export const fileOperations: Case = {
  name: 'file-operations',
  title: 'Ways to call the system for the links of the tree of pip',
  measures: ['wall', 'cpu'],
  share: 0.25,
  contenders: async (lab) => {
    const tree = await pipTree(lab);
    return Object.entries(WAYS).map(([name, putAll]) => ({
      name,
      measure: async () => {
        const to = lab.newPath();
        mkdirSync(to);
        const sample = await timeHere(async () => {
          for (const directory of tree.directories) mkdirSync(`${to}/${directory}`);
          await putAll(tree, to);
        });
        lab.remove(to);
        return sample;
      },
    }));
  },
};

const WAYS: Readonly<Record<string, (tree: Tree, to: string) => unknown>> = {
  'linkSync, one after the other': ({ source, files }, to) => {
    for (const file of files) linkSync(`${source}/${file}`, `${to}/${file}`);
  },
  'linkSync, paths from the new directory': ({ source, files }, to) => {
    const cwd = process.cwd();
    process.chdir(to);
    for (const file of files) linkSync(`${source}/${file}`, file);
    process.chdir(cwd);
  },
  'promises, all at once': ({ source, files }, to) =>
    Promise.all(files.map((file) => linkPromise(`${source}/${file}`, `${to}/${file}`))),
  'callbacks, sixteen at a time': (tree, to) => withCallbacks(tree, to, 16),
  'linkSync, one half by a worker': ({ source, files }, to) => {
    const half = files.length >> 1;
    const worker = inWorker({ source, files: files.slice(half) }, to);
    for (const file of files.slice(0, half)) linkSync(`${source}/${file}`, `${to}/${file}`);
    return worker;
  },
  'directories alone, no links': () => {},
};

function withCallbacks({ source, files }: Pick<Tree, 'source' | 'files'>, to: string, width: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let [next, left] = [0, files.length];
    const start = (): void => {
      const file = files[next++];
      if (file === undefined) return;
      link(`${source}/${file}`, `${to}/${file}`, (error) => {
        if (error) reject(error);
        else if (--left === 0) resolve();
        else start();
      });
    };
    for (let lane = 0; lane < width; lane++) start();
  });
}

function inWorker(workerData: Pick<Tree, 'source' | 'files'>, to: string): Promise<void> {
  const program = `
    const { workerData: { source, files, to } } = require('node:worker_threads');
    const { linkSync } = require('node:fs');
    for (const file of files) linkSync(source + '/' + file, to + '/' + file);`;
  return new Promise((resolve, reject) => {
    new Worker(program, { eval: true, workerData: { ...workerData, to } })
      .on('error', reject)
      .on('exit', () => resolve());
  });
}
