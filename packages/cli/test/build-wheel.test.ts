import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Context, openCache } from '@vivarium/core/host';
import { probe } from '@vivarium/test-utils/create-environment';
import { makeSdist, sourceTree } from '@vivarium/test-utils/make-sdist';
import { anyPython } from '@vivarium/test-utils/pythons';
import { expect, onTestFinished, test } from 'vitest';
import { type BuildSource, buildWheel } from '../src/lock/build-wheel.ts';
import { testDirectory } from './directory.ts';

const interpreter = await probe(anyPython().executable);

function contextIn(directory: string): Context {
  const cache = openCache({ directory: join(directory, 'cache') });
  onTestFinished(() => cache.close());
  const env = { PATH: process.env.PATH, HOME: directory, PIP_CONFIG_FILE: '/dev/null', PIP_NO_INDEX: '1' };
  return { env, cwd: directory, cache, signal: new AbortController().signal, warn: () => {}, debug: () => {} };
}

const sha256 = (digest: string) => ({ algorithm: 'sha256', digest });

function writeTree(directory: string, version: string, whileBuilding = ''): void {
  mkdirSync(directory, { recursive: true });
  for (const { name, contents } of sourceTree({ name: 'tree', version, whileBuilding })) {
    writeFileSync(join(directory, name), contents);
  }
}

test('builds a source distribution once for an interpreter', async () => {
  const directory = testDirectory();
  const log = join(directory, 'log');
  const whileBuilding = `open(${JSON.stringify(log)}, "a").write("built\\n")`;
  const sdist = makeSdist({ name: 'from-source', version: '3.0', whileBuilding });
  const path = join(directory, sdist.file);
  writeFileSync(path, sdist.bytes);
  const request = { name: 'from-source', interpreter, context: contextIn(directory) };
  const source: BuildSource = { kind: 'file', url: pathToFileURL(path).href, hash: sha256(sdist.sha256) };
  const first = await buildWheel({ ...request, source });
  expect(basename(first.path)).toBe('from_source-3.0-py2.py3-none-any.whl');
  expect(await buildWheel({ ...request, source })).toEqual(first);
  expect(readFileSync(log, 'utf8')).toBe('built\n');
  const other = { ...interpreter, version: { ...interpreter.version, minor: interpreter.version.minor + 1 } };
  expect((await buildWheel({ ...request, interpreter: other, source })).path).not.toBe(first.path);
});

test('builds nothing from a file with another hash', async () => {
  const directory = testDirectory();
  const sdist = makeSdist({ name: 'from-source', version: '3.0' });
  const path = join(directory, sdist.file);
  writeFileSync(path, sdist.bytes);
  const source: BuildSource = { kind: 'file', url: pathToFileURL(path).href, hash: sha256('0'.repeat(64)) };
  const context = contextIn(directory);
  const failure = buildWheel({ name: 'from-source', interpreter, context, source });
  await expect(failure).rejects.toMatchObject({ code: 'BUILD_FAILED', message: expect.stringMatching(/hash/i) });
  expect(readdirSync(join(directory, 'cache/built/1'))).toEqual([]);
});

test('builds a source tree each time, since it can have changed', async () => {
  const directory = testDirectory();
  const tree = join(directory, 'a directory', 'tree');
  const request = { name: 'tree', interpreter, context: contextIn(directory) };
  const source: BuildSource = { kind: 'directory', path: dirname(tree), subdirectory: 'tree' };
  writeTree(tree, '1.0');
  expect(basename((await buildWheel({ ...request, source })).path)).toMatch(/^tree-1\.0-/);
  writeTree(tree, '2.0');
  expect(basename((await buildWheel({ ...request, source })).path)).toMatch(/^tree-2\.0-/);
});

test('builds a commit of a repository', async () => {
  const directory = testDirectory();
  const repository = join(directory, 'repository');
  writeTree(repository, '1.0');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.invalid', ...args], {
      cwd: repository,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'x');
  const commitId = git('rev-parse', 'HEAD');
  writeTree(repository, '2.0');
  git('commit', '--quiet', '--all', '--message', 'y');
  const source: BuildSource = { kind: 'vcs', type: 'git', url: `file://${repository}`, commitId };
  const built = await buildWheel({ name: 'tree', interpreter, context: contextIn(directory), source });
  expect(basename(built.path)).toMatch(/^tree-1\.0-/);
});

test('passes on what a build that fails says, and that it built another package', async () => {
  const directory = testDirectory();
  const tree = join(directory, 'tree');
  const request = { interpreter, context: contextIn(directory), source: { kind: 'directory', path: tree } as const };
  writeTree(tree, '1.0', 'raise SystemExit("no compiler")');
  await expect(buildWheel({ ...request, name: 'tree' })).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringContaining('no compiler'),
  });
  writeTree(tree, '1.0');
  await expect(buildWheel({ ...request, name: 'other' })).rejects.toMatchObject({ code: 'BUILD_FAILED' });
});
