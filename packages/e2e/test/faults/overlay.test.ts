import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newSandbox, type Sandbox, vivariumCommand } from '../vivarium.ts';
import { isWhole } from './lab/amount.ts';
import { isKept, leftIn, OLD_MODULE, sitePackages, stateOf } from './lab/state.ts';

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const hasFuse = existsSync('/usr/bin/fuse-overlayfs') && existsSync('/dev/fuse');

/** A directory of layers: what is written on one is read only for the next. */
interface Layers {
  /** Where they are mounted. */
  readonly path: string;
  /** Puts a new layer on top of what there is. */
  next(): Promise<void>;
}

async function layers(sandbox: Sandbox, ...program: readonly string[]): Promise<Layers> {
  // An overlay can't lie on another one, as the root of a container may be.
  const root = join(sandbox.directory, 'layers');
  mkdirSync(root);
  await run(sandbox, 'mount', '-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', root);
  const path = join(root, 'merged');
  const lower = [join(root, 'empty')];
  for (const directory of [path, ...lower]) mkdirSync(directory);
  onTestFinished(async () => {
    await sandbox.run('umount', '-l', path);
    await sandbox.run('umount', '-l', root);
  });
  let count = 0;
  const next = async (): Promise<void> => {
    if (count > 0) await run(sandbox, 'umount', path);
    count += 1;
    const [upper, work] = [join(root, `upper${count}`), join(root, `work${count}`)];
    for (const directory of [upper, work]) mkdirSync(directory);
    await run(sandbox, ...program, '-o', `lowerdir=${lower.join(':')},upperdir=${upper},workdir=${work}`, path);
    lower.unshift(upper);
  };
  await next();
  return { path, next };
}

async function run(sandbox: Sandbox, program = '', ...args: readonly string[]): Promise<void> {
  const finished = await sandbox.run(program, ...args);
  expect(finished, finished.stderr).toMatchObject({ exitCode: 0 });
}

const NEW = [['--clear'], ['--clear', '--creator', 'venv'], ['--clear', '--link-mode', 'symlink']] as const;
const SAME = [[], ['--link-mode', 'symlink'], ['--creator', 'venv']] as const;

describe.each([
  ['overlayfs', isRoot, ['mount', '-t', 'overlay', 'overlay']],
  ['fuse-overlayfs', isRoot && hasFuse, ['fuse-overlayfs']],
] as const)('an environment that comes from a lower layer of %s (a container image)', (_, isHere, program) => {
  test.skipIf(!isHere)('is replaced, refreshed and emptied like any other', { timeout: 300_000 }, async () => {
    const sandbox = newSandbox();
    const { path, next } = await layers(sandbox, ...program);
    const env = join(path, 'env');
    expect(await sandbox.vivarium('create', env)).toMatchObject({ exitCode: 0 });
    // Each call takes long by FUSE, so that the normal run tries two of them.
    const isSample = program[0] !== 'mount' && !isWhole;
    for (const options of isSample ? [SAME[1], NEW[0]] : [...SAME, ...NEW]) {
      writeFileSync(join(sitePackages(env), OLD_MODULE), '');
      await next();
      const finished = await sandbox.vivarium('create', ...options, env);
      expect(finished, finished.stderr).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await stateOf(sandbox, env), options.join(' ')).toBe(options[0] === '--clear' ? 'new' : 'old');
      expect(leftIn(path, env)).toEqual([]);
      expect(readdirSync(path).filter((name) => !isKept(name))).toEqual(['env']);
    }
    await next();
    expect(await sandbox.runIn(env, vivariumCommand(), 'create', '--clear', '.')).toMatchObject({ exitCode: 0 });
    expect(await stateOf(sandbox, env)).toBe('new');
  });

  test.skipIf(!isHere)('stays as it is where its replacement fails', { timeout: 120_000 }, async () => {
    const sandbox = newSandbox();
    const { path, next } = await layers(sandbox, ...program);
    const env = join(path, 'env');
    expect(await sandbox.vivarium('create', env)).toMatchObject({ exitCode: 0 });
    writeFileSync(join(sitePackages(env), OLD_MODULE), '');
    await next();
    const failed = await sandbox.run(
      'env',
      'PIP_NO_INDEX=1',
      vivariumCommand(),
      'create',
      '--clear',
      '--seeder',
      'pip',
      '--pip',
      '1.0',
      '--download',
      env,
    );
    expect(failed).toMatchObject({ exitCode: 1 });
    expect(await stateOf(sandbox, env)).toBe('old');
    expect(leftIn(path, env)).toEqual([]);
  });
});
