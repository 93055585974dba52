import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeStandInArchive } from '@vivarium/test-utils/stand-in-archive';
import { afterAll, expect, test } from 'vitest';
import { type Finished, newSandbox, type Sandbox, vivariumCommand } from '../vivarium.ts';
import { isWhole, spread } from './lab/amount.ts';
import { figures } from './lab/figures.ts';
import { failAt, hasStrace, listMoments, type Moment, signalAt } from './lab/strace.ts';

const KILLS = isWhole ? 24 : 2;
const FAULTS_OF_EACH = isWhole ? 4 : 1;
const ERRORS = ['ENOSPC', 'EIO', 'EACCES', 'EMFILE', 'EROFS'] as const;
const table = figures('managed Pythons', ['moments', 'killed', 'refused', 'failed', 'went on']);
afterAll(() => table.print());

/** A store, and what is done to it. */
interface Case {
  readonly name: string;
  /** What is there before. */
  readonly installed: readonly string[];
  readonly args: readonly string[];
  /** What is there afterwards. */
  readonly result: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'install', installed: [], args: ['install', '3.12.1'], result: ['3.12.1'] },
  { name: 'upgrade', installed: ['3.12.1'], args: ['upgrade'], result: ['3.12.1', '3.12.9'] },
  { name: 'remove', installed: ['3.12.1', '3.12.9'], args: ['remove', '3.12.9'], result: ['3.12.1'] },
];
const played = isWhole ? CASES : CASES.filter(({ name }) => name === 'upgrade');

interface Stage {
  readonly sandbox: Sandbox;
  readonly store: string;
  readonly args: readonly string[];
  setUp(): Promise<void>;
  install(version: string): Promise<Finished>;
}

async function setStage({ installed, args }: Case): Promise<Stage> {
  const archives = newSandbox();
  const builds = ['3.12.1', '3.12.9'].map((version) => writeStandInArchive(archives.directory, version).build);
  const manifest = join(archives.directory, 'manifest.json');
  const list = { format: 1, date: '20261110', license: 'PSF-2.0', mirrors: [archives.directory], builds };
  writeFileSync(manifest, JSON.stringify(list));
  const sandbox = newSandbox({ VIVARIUM_PYTHON_MANIFEST: manifest });
  const store = join(sandbox.directory, 'pythons');
  const command = (...words: readonly string[]): readonly string[] => ['pythons', ...words, '--python-store', store];
  const install = (version: string): Promise<Finished> => sandbox.vivarium(...command('install', version));
  return {
    sandbox,
    store,
    args: command(...args),
    install,
    async setUp() {
      for (const name of readdirSync(sandbox.directory)) rmSync(join(sandbox.directory, name), { recursive: true });
      mkdirSync(sandbox.directory, { recursive: true });
      for (const version of installed) expect(await install(version)).toMatchObject({ exitCode: 0 });
    },
  };
}

/** The versions that are in a store, each of them whole; the link leads to one of them if there is any. */
function versionsIn(store: string): readonly string[] {
  const names = existsSync(store) ? readdirSync(store).filter((name) => name.startsWith('cpython-')) : [];
  const directories = names.filter((name) => lstatSync(join(store, name)).isDirectory());
  const versions = directories.map((name) => {
    const receipt = JSON.parse(readFileSync(join(store, name, 'vivarium-python.json'), 'utf8')) as Receipt;
    for (const file of [receipt.executable, 'lib/python3.12/os.py', 'lib/python3.12/EXTERNALLY-MANAGED']) {
      readFileSync(join(store, name, file));
    }
    return receipt.version;
  });
  const [link] = names.filter((name) => lstatSync(join(store, name)).isSymbolicLink());
  if (link !== undefined) {
    const target = realpathSync(join(store, link));
    if (!directories.includes(target.split('/').at(-1) ?? '')) throw new Error(`${link} leads to ${target}`);
  }
  return versions.sort();
}

interface Receipt {
  readonly version: string;
  readonly executable: string;
}

/** What is wrong after a disturbance, and after the next runs. */
async function lookAfter(stage: Stage, { installed, result }: Case, what: string): Promise<readonly string[]> {
  const { store, sandbox, args } = stage;
  try {
    const versions = versionsIn(store);
    const allowed = [installed, result].map((all) => all.join());
    if (!allowed.includes(versions.join())) return [`${what}: there is ${versions}`];
    // Environments of a version that is not removed go on at every moment.
    if (installed.length > 0 && !readdirSync(store).some((name) => lstatSync(join(store, name)).isSymbolicLink())) {
      return [`${what}: the link is gone`];
    }
    if (versions.join() !== result.join()) {
      const next = await sandbox.runIn(sandbox.directory, vivariumCommand(), ...args);
      if (next.exitCode !== 0) return [`${what}: the next run failed: ${next.stderr}`];
    }
    await sandbox.vivarium('prune', '--pythons', '--yes', '--python-store', store);
    const newest = result.at(-1) ?? '';
    if (versionsIn(store).join() !== newest) return [`${what}: in the end there is ${versionsIn(store)}`];
    const left = readdirSync(store).filter((name) => /^\.(?!vivarium-pythons$|downloads$|environments$)/.test(name));
    return left.length > 0 ? [`${what}: in the end there is ${left}`] : [];
  } catch (error) {
    return [`${what}: ${(error as Error).message}`];
  }
}

// The set-up installs strace where it can, so in CI its absence is a failure and no reason to skip.
const straceTest = test.skipIf(!hasStrace && process.env.CI !== 'true');

straceTest.each(played)(
  'killed at any moment ($name a managed Python), each Python is whole or absent, the link leads to one, and the next run clears up',
  { timeout: 3_600_000 },
  async (one) => {
    const stage = await setStage(one);
    await stage.setUp();
    const moments = await momentsOf(stage);
    table.add(one.name, 'moments', moments.length);
    const breaches: string[] = [];
    let killed = 0;
    for (const moment of choose(moments, KILLS)) {
      await stage.setUp();
      const { hasHappened } = await signalAt(stage.sandbox, { moment, signal: 'SIGKILL' }, stage.args);
      if (hasHappened) killed += 1;
      breaches.push(...(await lookAfter(stage, one, `${moment.text} (${moment.call} ${moment.when})`)));
    }
    table.add(one.name, 'killed', killed);
    expect(breaches).toEqual([]);
    expect(killed).toBeGreaterThan(0);
  },
);

straceTest.each(played)(
  'whatever call is refused ($name a managed Python), it says so in a sentence, and each Python is whole or absent',
  { timeout: 3_600_000 },
  async (one) => {
    const stage = await setStage(one);
    await stage.setUp();
    const moments = await momentsOf(stage);
    const breaches: string[] = [];
    for (const [index, error] of ERRORS.entries()) {
      const shifted = moments.filter((_, at) => at % ERRORS.length === index);
      for (const moment of spread(shifted, FAULTS_OF_EACH)) {
        await stage.setUp();
        const { exitCode, stderr, hasHappened } = await failAt(stage.sandbox, { moment, error }, stage.args);
        const what = `${error} at ${moment.text} (${moment.call} ${moment.when})`;
        if (hasHappened) table.add(one.name, 'refused', 1);
        table.add(one.name, exitCode === 0 ? 'went on' : 'failed', 1);
        if (/\n {4}at |mistake in/.test(stderr)) breaches.push(`${what}: ${stderr}`);
        if (exitCode !== 0 && !/^error: \S.*\S/m.test(stderr)) breaches.push(`${what}: no sentence: ${stderr}`);
        breaches.push(...(await lookAfter(stage, one, `${what} (${exitCode}, ${stderr})`)));
      }
    }
    expect(breaches).toEqual([]);
    expect(table.get(one.name, 'refused')).toBeGreaterThan(0);
  },
);

/** Those at which the store changes, and not what is written to the terminal and to the cache. */
async function momentsOf({ sandbox, args, store }: Stage): Promise<readonly Moment[]> {
  const moments = await listMoments(sandbox, args);
  return moments.filter(({ text }) => text.includes(store));
}

// Renames are where things change hands: of those none is left out as long as there is room.
function choose(moments: readonly Moment[], count: number): readonly Moment[] {
  const renames = moments.filter(({ call }) => /^rename|^symlink/.test(call));
  const others = moments.filter(({ call }) => !/^rename|^symlink/.test(call));
  const chosen = spread(renames, Math.ceil(count / 2));
  return [...chosen, ...spread(others, count - chosen.length)];
}
