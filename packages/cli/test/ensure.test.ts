import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  applyPlan,
  createEnvironment,
  type EnsuredEnvironment,
  ensureEnvironment,
  findPython,
  inspectEnvironment,
  listPythons,
  planEnvironment,
  type RunEvent,
} from 'vivarium';
import { testDirectory } from './directory.ts';

const shared = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-ensure-')));
afterAll(() => rmSync(shared, { recursive: true, force: true }));
const appData = join(shared, 'cache');
const base = { appData, pluginSettings: { compileSeeds: 'never' } } as const;

function sameFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
}

describe('ensureEnvironment', () => {
  test('creates one, then leaves it as the user has it, and starts nothing', async () => {
    const destination = join(testDirectory(), 'an env');
    const first = await ensureEnvironment({ ...base, destination });
    expect(first).toMatchObject({ outcome: 'created', plan: { mode: 'create' } });
    const pip = join(first.paths.purelib, 'pip');
    rmSync(pip, { recursive: true });
    writeFileSync(join(first.paths.purelib, 'mine.py'), '');
    const before = sameFiles(destination);

    const events: RunEvent[] = [];
    const second = await ensureEnvironment({ ...base, destination, onEvent: (event) => events.push(event) });
    expect(second.outcome).toBe('unchanged');
    expect(second.plan).toBeUndefined();
    expect(events.filter(({ type }) => type === 'probe')).toEqual([]);
    expect(second.paths).toEqual(first.paths);
    expect(second.environment.layout).toEqual(first.environment.layout);
    expect(sameFiles(destination)).toEqual(before);
  });

  test('two calls at once end with one environment, which one of them has created', async () => {
    const destination = join(testDirectory(), 'env');
    const both = await Promise.all([1, 2].map(() => ensureEnvironment({ ...base, destination })));
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['created', 'unchanged']);
    expect(readdirSync(join(destination, '..'))).toEqual(['env']);
  });

  test('replaces one of another Python, repairs one that lost its executable, and takes what venv has created', async () => {
    const destination = join(testDirectory(), 'env');
    const { environment } = await ensureEnvironment({ ...base, destination, seeder: false });
    const { major, minor } = environment.interpreter.version;
    const { executable } = environment.interpreter;

    rmSync(join(destination, environment.layout.executable));
    writeFileSync(join(destination, 'mine'), '');
    const repaired = await ensureEnvironment({ ...base, destination, seeder: false, python: executable });
    expect(repaired).toMatchObject({ outcome: 'repaired', reason: expect.stringContaining('does not exist') });
    expect(existsSync(join(destination, 'mine'))).toBe(true);

    const other = await ensureEnvironment({ ...base, destination, seeder: false, python: `${major}.${minor}` });
    expect(other.outcome).toBe('unchanged');
    await expect(
      ensureEnvironment({ ...base, destination, seeder: false, python: `${major}.99` }),
    ).rejects.toMatchObject({ code: 'INTERPRETER_NOT_FOUND' });
    expect(existsSync(join(destination, 'mine'))).toBe(true);

    const foreign = join(testDirectory(), 'of venv');
    await promisify(execFile)(environment.interpreter.systemExecutable, ['-m', 'venv', '--without-pip', foreign]);
    const taken = await ensureEnvironment({ ...base, destination: foreign, python: executable });
    expect(taken.outcome).toBe('unchanged');
  });

  test('refuses a directory with other things in it, and keeps it', async () => {
    const destination = testDirectory();
    writeFileSync(join(destination, 'mine'), '');
    await expect(ensureEnvironment({ ...base, destination })).rejects.toMatchObject({
      code: 'DESTINATION_NOT_ENVIRONMENT',
      hint: expect.stringContaining('allowExisting: true'),
    });
    expect(readdirSync(destination)).toEqual(['mine']);
  });

  test('follows a link to its environment, and creates it again where a whole one is gone', async () => {
    const directory = testDirectory();
    mkdirSync(join(directory, 'target'));
    symlinkSync('target', join(directory, 'env'));
    const call = { ...base, destination: join(directory, 'env'), seeder: false } as const;
    expect((await ensureEnvironment(call)).outcome).toBe('created');
    expect((await ensureEnvironment(call)).outcome).toBe('unchanged');
    rmSync(join(directory, 'target', 'pyvenv.cfg'));
    expect((await ensureEnvironment(call)).outcome).toBe('repaired');
    rmSync(join(directory, 'target'), { recursive: true });
    expect((await ensureEnvironment(call)).outcome).toBe('created');
    expect(readdirSync(directory).sort()).toEqual(['env', 'target']);
  });

  test('an environment whose base has another patch version is updated, and keeps its packages', async () => {
    const destination = join(testDirectory(), 'env');
    const { environment, paths } = await ensureEnvironment({ ...base, destination });
    const file = join(destination, 'pyvenv.cfg');
    const { version } = environment.interpreter;
    const newer = `${version.major}.${version.minor}.${version.micro + 1}`;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/^(version(?:_info)? = )\d+\.\d+\.\d+/gm, `$1${newer}`));
    rmSync(join(paths.purelib, 'pip', '__main__.py'));
    const updated = await ensureEnvironment({ ...base, destination });
    expect(updated).toMatchObject({ outcome: 'updated', reason: expect.stringContaining(newer) });
    expect(existsSync(join(paths.purelib, 'pip', '__main__.py'))).toBe(false);
    expect((await ensureEnvironment({ ...base, destination })).outcome).toBe('unchanged');
  });
});

describe('an environment', () => {
  const destination = join(shared, 'env');
  let made: EnsuredEnvironment;
  beforeAll(async () => {
    made = await ensureEnvironment({ ...base, destination, prompt: 'mine' });
  });

  test('without a Python that is asked for, the project and the lock decide whether one is kept', async () => {
    const cwd = testDirectory();
    const options = { ...base, destination: 'env', cwd, seeder: false, readConfiguration: true } as const;
    const { environment } = await ensureEnvironment(options);
    const { major, minor } = environment.interpreter.version;
    const own = `==${major}.${minor}.*`;
    const project = join(cwd, 'pyproject.toml');
    const lock = join(cwd, 'pylock.toml');
    const write = (file: string, requires: string): void =>
      writeFileSync(
        file,
        file === project
          ? `[project]\nname = "x"\nrequires-python = "${requires}"\n`
          : `lock-version = "1.0"\ncreated-by = "x"\npackages = []\nrequires-python = "${requires}"\n`,
      );
    const refused = { code: 'INTERPRETER_NOT_FOUND', message: expect.stringContaining('>=3.99') };
    write(project, own);
    expect((await ensureEnvironment(options)).outcome).toBe('unchanged');
    write(project, '>=3.99');
    await expect(ensureEnvironment(options)).rejects.toMatchObject(refused);
    expect(existsSync(join(cwd, 'env', 'pyvenv.cfg'))).toBe(true);
    // What is asked for wins, and the files around count only where the caller says so.
    expect((await ensureEnvironment({ ...options, python: `${major}.${minor}` })).outcome).toBe('unchanged');
    expect((await ensureEnvironment({ ...options, readConfiguration: false })).outcome).toBe('unchanged');

    const locked = { ...base, destination: 'env', cwd, lock };
    write(lock, '>=3.99');
    await expect(ensureEnvironment(locked)).rejects.toMatchObject(refused);
    write(lock, own);
    expect((await ensureEnvironment(locked)).environment.interpreter.version).toMatchObject({ major, minor });
    writeFileSync(project, '');
    writeFileSync(join(cwd, '.python-version'), '3.98\n');
    await expect(ensureEnvironment(options)).rejects.toMatchObject({ message: expect.stringContaining('3.98') });
  });

  test('has paths, tools and variables for processes, and runs its Python', async () => {
    expect(made.tool('pip')).toBe(join(made.paths.scripts, 'pip'));
    expect(() => made.tool('pipp')).toThrow(/no command `pipp`/);
    expect(() => made.tool('../python')).toThrow(expect.objectContaining({ code: 'TOOL_NOT_FOUND' }));
    const variables = made.variables({ PATH: '/usr/bin', PYTHONHOME: '/x', A: '1', B: undefined });
    expect(variables).toEqual({
      A: '1',
      PATH: `${made.paths.scripts}:/usr/bin`,
      VIRTUAL_ENV: destination,
      VIRTUAL_ENV_PROMPT: 'mine',
    });
    expect(made.variables(variables)).toEqual(variables);
    const { stdout } = await made.run(['-c', 'import sys; print(sys.prefix)'], {
      env: { ...process.env, PYTHONHOME: '/nowhere' },
    });
    expect(stdout.trim()).toBe(destination);
    await expect(made.run(['-c', 'import sys; sys.exit("no")'])).rejects.toMatchObject({
      code: 'PROCESS_FAILED',
      message: expect.stringContaining('exited with code 1'),
      hint: 'no',
    });
    const signal = AbortSignal.timeout(1);
    await expect(made.run(['-c', 'while True: pass'], { signal })).rejects.toMatchObject({
      name: 'AbortError',
      code: 'INTERRUPTED',
    });
  });

  test('is inspected without starting anything, and with its Python asked', async () => {
    const directory = pathToFileURL(made.environment.destination);
    const inspected = await inspectEnvironment(directory, { appData });
    expect(inspected).toMatchObject({
      isComplete: true,
      problems: [],
      createdBy: { tool: 'vivarium' },
      prompt: 'mine',
    });
    expect(inspected.paths).toEqual(made.paths);
    expect(inspected.interpreter).toBeUndefined();
    const asked = await inspectEnvironment(directory, { appData, start: true });
    expect(asked.interpreter?.realExecutable).toBe(made.environment.interpreter.realExecutable);
    rmSync(join(made.environment.destination, 'pyvenv.cfg'));
    const broken = await inspectEnvironment(directory);
    expect(broken).toMatchObject({ isComplete: false, problems: [{ code: 'CONFIGURATION_NOT_READABLE' }] });
    await expect(inspectEnvironment(testDirectory())).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' });
  });
});

test('Pythons are found and listed, with the version as a string', async () => {
  const python = await findPython('>=3.9', { appData });
  expect(python).toMatchObject({ executable: expect.any(String), version: expect.stringMatching(/^3\.\d+\.\d+/) });
  expect(python.interpreter.systemExecutable).toBe(python.systemExecutable);
  await expect(findPython('3.99', { appData })).rejects.toMatchObject({ code: 'INTERPRETER_NOT_FOUND' });
  const listed = await listPythons(`==${python.version}`, { appData });
  expect(listed.map(({ version }) => version)).toContain(python.version);
});

test('a plan is applied later, also after it went through JSON', async () => {
  const destination = join(testDirectory(), 'env');
  const plan = await planEnvironment({ ...base, destination });
  expect(existsSync(destination)).toBe(false);
  const events: RunEvent[] = [];
  const { environment, applied, tool } = await applyPlan(JSON.parse(JSON.stringify(plan)), {
    appData,
    onEvent: (event) => events.push(event),
  });
  expect(environment).toEqual(plan.environment);
  expect(applied.leftovers).toEqual([]);
  expect(existsSync(tool('pip'))).toBe(true);
  const steps = events.filter((event) => event.type === 'steps');
  expect(steps.at(-1)).toMatchObject({ done: steps[0]?.total });
  expect(steps.length).toBeGreaterThan(3);
});

test('progress is told as data', async () => {
  const events: RunEvent[] = [];
  const destination = join(testDirectory(), 'env');
  await createEnvironment({
    destination,
    appData: join(testDirectory(), 'new cache'),
    activators: ['batch'],
    pluginSettings: { compileSeeds: 'never' },
    onEvent: (event) => events.push(event),
  });
  const types = new Set(events.map(({ type }) => type));
  expect([...types].sort()).toEqual(['found', 'probe', 'search', 'steps', 'unpack', 'warning']);
  expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'ACTIVATOR_SKIPPED' }));
  for (const event of events) if (event.type === 'unpack') expect(event.done).toBeLessThanOrEqual(event.total);
});

test('a call is aborted between the files that it writes, and leaves nothing', async () => {
  const directory = testDirectory();
  const controller = new AbortController();
  const call = createEnvironment({
    ...base,
    destination: join(directory, 'env'),
    signal: controller.signal,
    onEvent: ({ type }) => type === 'steps' && controller.abort(),
  });
  await expect(call).rejects.toMatchObject({ name: 'AbortError', code: 'INTERRUPTED' });
  expect(readdirSync(directory)).toEqual([]);
});
