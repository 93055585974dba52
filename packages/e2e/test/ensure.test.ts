import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium ensure ')));
const appData = join(root, 'cache');
let script: string;
beforeAll(() => {
  const directory = mkdtempSync(join(inject('installation'), 'ensure-'));
  script = join(directory, 'ensure.mjs');
  // Each starts when all are there: their calls are at the same time, whatever it takes to load them.
  writeFileSync(
    script,
    `import { createInterface } from 'node:readline';
     import { ensureEnvironment, VivariumError } from 'vivarium';
     const [destination, appData] = process.argv.slice(2);
     console.log('ready');
     for await (const _ of createInterface({ input: process.stdin })) break;
     const settings = { compileSeeds: 'never' };
     ensureEnvironment({ destination, appData, pluginSettings: settings }).then(
       ({ outcome, paths }) => console.log(JSON.stringify({ outcome, executable: paths.executable })),
       (error) => console.log(JSON.stringify(VivariumError.from(error))),
     );`,
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function together(count: number, destination: string): Promise<readonly Record<string, unknown>[]> {
  const processes = Array.from({ length: count }, () =>
    execa(process.execPath, [script, destination, appData], { cwd: root }),
  );
  await Promise.all(processes.map(({ stdout }) => new Promise((resolve) => stdout.once('data', resolve))));
  for (const { stdin } of processes) stdin.end('go\n');
  const results = await Promise.all(processes);
  return results.map(({ stdout }) => JSON.parse(stdout.replace('ready\n', '')));
}

test('processes that call at the same time get one environment, which one of them has created', async () => {
  const project = join(root, 'project');
  mkdirSync(project);
  const destination = join(project, '.venv');
  const results = await together(6, destination);
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(['created', ...Array(5).fill('unchanged')]);
  expect(new Set(results.map(({ executable }) => executable))).toHaveLength(1);
  expect(readdirSync(project)).toEqual(['.venv']);
  const { stdout } = await execa(String(results[0]?.executable), ['-c', 'import pip, sys; print(sys.prefix)']);
  expect(stdout).toBe(destination);
});

test('and where one was broken, one of them repairs it', async () => {
  const project = join(root, 'other project');
  mkdirSync(project);
  const destination = join(project, '.venv');
  const [first] = await together(1, destination);
  rmSync(String(first?.executable));
  const results = await together(4, destination);
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(['repaired', ...Array(3).fill('unchanged')]);
  expect(readdirSync(project)).toEqual(['.venv']);
});
