import { afterAll, expect, test } from 'vitest';
import { vivariumCommand } from '../vivarium.ts';
import { isWhole, spread } from './lab/amount.ts';
import { figures } from './lab/figures.ts';
import { type Scenario, type Stage, scenarios, setStage } from './lab/scenario.ts';
import { assertWholeImages, leftIn, stateOf } from './lab/state.ts';
import { failAt, hasStrace, listMoments, type Moment } from './lab/strace.ts';

const ERRORS = ['ENOSPC', 'EIO', 'EACCES', 'EMFILE', 'EXDEV', 'EROFS'] as const;
const FAULTS_OF_EACH = isWhole ? 5 : 1;
const SAMPLE = new Set(['new']);
const played = isWhole ? scenarios : scenarios.filter(({ name }) => SAMPLE.has(name));
const table = figures('refused at', ['faults', 'happened', 'failed', 'went on', 'told']);
afterAll(() => table.print());

const straceTest = test.skipIf(!hasStrace && process.env.CI !== 'true');

straceTest.each(played)(
  'whatever call is refused with whatever error ($name), it says so in a sentence and leaves nothing, or goes on',
  { timeout: 3_600_000 },
  async (scenario) => {
    const stage = await setStage(scenario);
    await stage.setUp();
    const moments = (await listMoments(stage.sandbox, stage.args, stage.cwd)).filter(isMeant);
    const breaches: string[] = [];
    for (const [index, error] of ERRORS.entries()) {
      // Each error at other moments, so that together they come everywhere.
      const shifted = moments.filter((_, at) => at % ERRORS.length === index);
      for (const moment of spread(shifted, FAULTS_OF_EACH)) {
        breaches.push(...(await disturb(stage, scenario, { moment, error })));
      }
    }
    expect(breaches).toEqual([]);
    // Some calls are made in another order from run to run; most are met.
    expect(table.get(scenario.name, 'happened')).toBeGreaterThan(table.get(scenario.name, 'faults') / 2);
  },
);

async function disturb(
  stage: Stage,
  scenario: Scenario,
  { moment, error }: { readonly moment: Moment; readonly error: string },
): Promise<readonly string[]> {
  const { sandbox, destination } = stage;
  const what = `${error} at ${moment.text} (${moment.call} ${moment.when})`;
  await stage.setUp();
  const { exitCode, stdout, stderr, hasHappened } = await failAt(sandbox, { moment, error }, stage.args, stage.cwd);
  table.add(scenario.name, 'faults', 1);
  if (hasHappened) table.add(scenario.name, 'happened', 1);
  try {
    if (/\n {4}at |mistake in/.test(stderr)) return [`${what}: ${stderr}`];
    const state = await stateOf(sandbox, destination, stage.whole);
    const left = leftIn(destination, `${destination}/..`);
    if (left.length > 0 && !stderr.includes(String(left[0]))) return [`${what}: left ${left} (${stderr})`];
    assertWholeImages(stage.cache);
    if (exitCode === 0) {
      table.add(scenario.name, 'went on', 1);
      if (stderr !== '') table.add(scenario.name, 'told', 1);
      return state === scenario.result && stdout !== '' ? [] : [`${what}: success, and there is ${state}`];
    }
    table.add(scenario.name, 'failed', 1);
    if (exitCode !== 1 && exitCode !== 2) return [`${what}: exit code ${exitCode}: ${stderr}`];
    if (!/^error: \S.*\S/m.test(stderr)) return [`${what}: no sentence: ${stderr}`];
    const before: typeof state = scenario.before === undefined ? 'absent' : 'old';
    if (state !== before) return [`${what}: failed, and there is ${state} (${stderr})`];
    const next = await sandbox.runIn(stage.cwd, vivariumCommand(), ...stage.args);
    return next.exitCode === 0 ? [] : [`${what}: the next run failed: ${next.stderr}`];
  } catch (problem) {
    return [`${what}: ${(problem as Error).message} (exit code ${exitCode}: ${stderr})`];
  }
}

// What goes to the terminal or to another process is no change of a file system, and a program of the interpreter's
// own answers for itself.
function isMeant({ text }: Moment): boolean {
  return !/ write\((?:[012]<|\d+<(?:pipe|socket|anon_inode))/.test(text);
}
