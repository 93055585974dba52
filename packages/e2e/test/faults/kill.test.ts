import { afterAll, expect, test } from 'vitest';
import { vivariumCommand } from '../vivarium.ts';
import { isWhole, spread } from './lab/amount.ts';
import { figures } from './lab/figures.ts';
import { type Scenario, type Stage, scenarios, setStage } from './lab/scenario.ts';
import { assertWholeImages, hasOldModule, leftIn, stateOf } from './lab/state.ts';
import { hasStrace, listMoments, type Moment, signalAt } from './lab/strace.ts';

const KILLS = isWhole ? 24 : 2;
const SIGNALS = isWhole ? 6 : 1;
const table = figures('killed at', [
  'moments',
  'killed',
  'interrupted',
  'absent',
  'no scripts',
  'old',
  'old without pip',
  'new',
]);
const SAMPLE = new Set(['new', 'over one', 'over one, with a lock', '--clear']);
const played = isWhole ? scenarios : scenarios.filter(({ name }) => SAMPLE.has(name));
afterAll(() => table.print());

// The set-up installs strace where it can, so in CI its absence is a failure and no reason to skip.
const straceTest = test.skipIf(!hasStrace && process.env.CI !== 'true');

straceTest.each(played)(
  'killed at any moment ($name), the destination is whole or absent, and the next run clears up',
  { timeout: 3_600_000 },
  async (scenario) => {
    const stage = await setStage(scenario);
    await stage.setUp();
    const moments = await listMoments(stage.sandbox, stage.args, stage.cwd);
    table.add(scenario.name, 'moments', moments.length);
    const breaches: string[] = [];
    let killed = 0;
    for (const moment of choose(moments, KILLS)) {
      await stage.setUp();
      const { hasHappened } = await signalAt(stage.sandbox, { moment, signal: 'SIGKILL' }, stage.args, stage.cwd);
      if (hasHappened) killed += 1;
      breaches.push(...(await lookAfter(stage, scenario, `${moment.text} (${moment.call} ${moment.when})`)));
    }
    table.add(scenario.name, 'killed', killed);
    expect(breaches).toEqual([]);
    // Some calls are made in another order from run to run; a run in which none was met shows nothing.
    expect(killed).toBeGreaterThan(0);
  },
);

straceTest.each(played)(
  'interrupted at any time ($name), it leaves what was there, or the new one, and nothing of its own',
  { timeout: 600_000 },
  async (scenario) => {
    const stage = await setStage(scenario);
    await stage.setUp();
    const moments = await listMoments(stage.sandbox, stage.args, stage.cwd);
    const breaches: string[] = [];
    let interrupted = 0;
    for (const [count, moment] of [
      ...whileItIsBuilt(moments),
      ...spread(moments, SIGNALS + 2).slice(1, -1),
    ].entries()) {
      await stage.setUp();
      const signal = count % 2 === 0 ? 'SIGINT' : 'SIGTERM';
      const { exitCode, hasHappened } = await signalAt(stage.sandbox, { moment, signal }, stage.args, stage.cwd);
      const what = `${signal} at ${moment.text} (${moment.call} ${moment.when}), which ended with ${exitCode}`;
      if (hasHappened && exitCode === INTERRUPTED) interrupted += 1;
      const left = leftIn(stage.destination, `${stage.destination}/..`);
      if (left.length > 0) breaches.push(`${what}: left ${left}`);
      breaches.push(...(await lookAfter(stage, scenario, what)));
    }
    table.add(scenario.name, 'interrupted', interrupted);
    expect(breaches).toEqual([]);
    expect(interrupted).toBeGreaterThan(0);
  },
);

const INTERRUPTED = 130;

// After the commit a run is no longer interrupted. In every scenario the first quarter of the changes is before it.
function whileItIsBuilt(moments: readonly Moment[]): readonly Moment[] {
  return moments.slice(Math.floor(moments.length / 8)).slice(0, 1);
}

/** What is wrong after a disturbance, and after the next run. */
async function lookAfter(stage: Stage, scenario: Scenario, what: string): Promise<readonly string[]> {
  const { sandbox, destination, cache } = stage;
  try {
    const state = await stateOf(sandbox, destination, stage.whole);
    table.add(scenario.name, state, 1);
    if (!scenario.allowed.includes(state)) return [`${what}: ${state}`];
    assertWholeImages(cache);
    const next = await sandbox.runIn(stage.cwd, vivariumCommand(), ...stage.args);
    if (next.exitCode !== 0) return [`${what}: the next run failed: ${next.stderr}`];
    const result = await stateOf(sandbox, destination, stage.whole);
    if (result !== scenario.result) return [`${what}: after the next run ${result}`];
    const left = leftIn(destination, `${destination}/..`);
    if (left.length > 0) return [`${what}: after the next run there is ${left}`];
    if (scenario.result === 'old' && !hasOldModule(destination)) return [`${what}: what was installed is gone`];
    assertWholeImages(cache);
    return [];
  } catch (error) {
    return [`${what}: ${(error as Error).message}`];
  }
}

// Renames are where things change hands: of those none is left out as long as there is room.
function choose(moments: readonly Moment[], count: number): readonly Moment[] {
  const renames = moments.filter(({ call }) => call.startsWith('rename'));
  const others = moments.filter(({ call }) => !call.startsWith('rename'));
  const chosen = spread(renames, Math.ceil(count / 3));
  return [...chosen, ...spread(others, count - chosen.length)];
}
