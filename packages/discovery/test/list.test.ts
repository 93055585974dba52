import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Listed, listInterpreters, parseSpec } from '@vivarium/discovery';
import { expect, test } from 'vitest';
import { again, contextFor, freshDirectory, type TestContext } from './context.ts';
import { file, installation, link, script } from './files.ts';
import { python } from './pythons.ts';

async function list(
  context: TestContext,
  ...rest: Parameters<typeof listInterpreters> extends [unknown, ...infer R] ? R : never
): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  for await (const listed of listInterpreters(context, ...rest)) all.push(listed);
  return all;
}

function machine(): TestContext {
  const home = freshDirectory();
  const bin = join(home, 'bin');
  for (const name of ['python', 'python3', 'python3.12']) link(join(bin, name), python('3.12'));
  link(join(bin, 'python2.7'), python('2.7'));
  installation(join(home, '.pyenv', 'versions', '3.12.1'), python('3.12'));
  installation(join(home, '.pyenv', 'versions', '3.9.18'), python('3.9'));
  script(join(home, '.pyenv', 'versions', '3.10.0', 'bin', 'python3'), '#!/bin/sh\nexit 5\n');
  execFileSync(python('3.12'), ['-m', 'venv', '--without-pip', join(home, 'env')]);
  return contextFor({ env: { HOME: home, PATH: `${join(home, 'env', 'bin')}:${bin}` }, cwd: home });
}

function shortened(context: TestContext, listed: Listed): string {
  const place = listed.executable.replace(`${context.cwd}/`, '');
  if ('failure' in listed) return `${place} (${listed.source}) ${listed.failure.code}`;
  const { major, minor } = listed.interpreter.version;
  return `${place} (${listed.source}) ${major}.${minor}${listed.isEnvironment ? ' environment' : ''}`;
}

test('each Python is listed once, with where it was found', async () => {
  const context = machine();
  expect((await list(context)).map((listed) => shortened(context, listed))).toStrictEqual([
    'env/bin/python3.12 (PATH) 3.12 environment',
    'bin/python3.12 (PATH) 3.12',
    'bin/python2.7 (PATH) 2.7',
    '.pyenv/versions/3.10.0/bin/python3 (pyenv) PROBE_FAILED',
    '.pyenv/versions/3.9.18/bin/python3 (pyenv) 3.9',
  ]);
});

test('every path is listed on demand', async () => {
  const context = machine();
  const all = await list(context, { all: true });
  expect(all).toHaveLength(10);
  expect(all.map((listed) => shortened(context, listed))).toContain('.pyenv/versions/3.12.1/bin/python3 (pyenv) 3.12');
});

test('only what fits a spec is listed', async () => {
  const context = machine();
  const works = async (spec: string): Promise<readonly string[]> =>
    (await list(context, { spec: parseSpec(spec) }))
      .filter((one) => 'interpreter' in one)
      .map((one) => shortened(context, one));
  expect(await works('<3.10')).toStrictEqual([
    'bin/python2.7 (PATH) 2.7',
    '.pyenv/versions/3.9.18/bin/python3 (pyenv) 3.9',
  ]);
  expect(await works('./env')).toStrictEqual(['env/bin/python3 (given by path) 3.12 environment']);
  expect(await works('pypy')).toStrictEqual([]);
});

test('what by its place or its build details does not fit is not started', async () => {
  const home = freshDirectory();
  const crash = '#!/bin/sh\nexit 5\n';
  const shelved = script(join(home, '.pyenv', 'versions', '3.10.0', 'bin', 'python3'), crash);
  const described = script(join(home, 'bin', 'python3.14'), crash);
  const version = { major: 3, minor: 14, micro: 2, releaselevel: 'final', serial: 0 };
  file(
    join(home, 'lib', 'python3.14', 'build-details.json'),
    JSON.stringify({
      base_prefix: '../..',
      base_interpreter: 'bin/python3.14',
      implementation: { name: 'cpython', version },
      abi: { flags: [] },
    }),
  );
  link(join(home, 'bin', 'python3'), python('3.12'));
  const context = contextFor({ env: { HOME: home, PATH: join(home, 'bin') }, cwd: home });
  const started = async (spec?: string): Promise<readonly string[]> => {
    const request = spec === undefined ? {} : { spec: parseSpec(spec) };
    return (await list(again(context), request)).map(({ executable }) => executable);
  };
  expect(await started('3.12')).toStrictEqual([join(home, 'bin', 'python3')]);
  expect(await started('3.10')).toStrictEqual([shelved]);
  expect(await started('3.14')).toStrictEqual([described]);
  expect(await started()).toStrictEqual([described, join(home, 'bin', 'python3'), shelved]);
});

test('a listing that no one listens to any more leaves nothing behind', async () => {
  const home = freshDirectory();
  script(join(home, 'bin', 'python2'), '#!/bin/sh\n/bin/sleep 65\n');
  link(join(home, 'bin', 'python3'), python('3.12'));
  const context = contextFor({ env: { HOME: home, PATH: join(home, 'bin') } });
  for await (const listed of listInterpreters(context)) {
    expect(listed.executable).toContain('python3');
    break;
  }
  const left = execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' });
  expect(left.split('\n').filter((line) => line.includes('sleep 65') && !line.startsWith('Z'))).toStrictEqual([]);
});
