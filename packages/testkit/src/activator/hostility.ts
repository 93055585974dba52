import { basename } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { describeEnvironment, type EnvironmentRequest, type TestEnvironment } from '../environment.ts';
import { HOSTILE_NAMES, hostileNames, isDirectoryName, NAMES_WITH_LINE_BREAKS } from '../hostile-names.ts';
import type { HostileNames } from '../shell.ts';
import { type Bench, check, has, type Scene } from './check.ts';
import { atTerminal } from './drawing.ts';

const BATCH = 40;

/** How many names are generated for each shell: `VIVARIUM_HOSTILE_NAMES`. */
function numberOfNames(): number {
  return Number(process.env.VIVARIUM_HOSTILE_NAMES ?? BATCH);
}

/** Names that would run as code if anything read them twice. */
export function testHostility(bench: Bench): void {
  const fixed = [...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS];
  const { os = 'posix' } = bench.shell;
  const directories = fixed
    .filter((name) => isDirectoryName(name, os))
    .map((directory): HostileNames => ({ directory }));
  const prompts = fixed.map((prompt): HostileNames => ({ directory: 'env', prompt }));
  const skipped = (names: readonly HostileNames[], purpose: Purpose): string => describeLeftOut(bench, names, purpose);

  check(bench, `shows and sets every hostile directory name exactly, and runs none${skipped(directories, 'enter')}`, {
    environments: directories.length,
    body: (scene) => runAll(scene, directories),
  });

  const typed = activationLine(bench);
  if (typed !== undefined) {
    check(
      bench,
      `is entered by the line that people are told to type, whatever the directory${skipped(directories, 'enter')}`,
      {
        environments: directories.length,
        body: (scene) => runAll(scene, directories, typed),
      },
    );
  }

  check(bench, `shows and sets every hostile prompt exactly, and runs none${skipped(prompts, 'enter')}`, {
    environments: prompts.length,
    body: (scene) => runAll(scene, prompts),
  });

  check(bench, `does so with ${numberOfNames()} generated names`, {
    environments: numberOfNames(),
    body: async (scene) => {
      const batch = fc.array(hostilePairs(os), { minLength: BATCH, maxLength: BATCH });
      await fc.assert(
        fc.asyncProperty(batch, (names) => runAll(scene, names)),
        { numRuns: Math.ceil(numberOfNames() / BATCH), endOnFailure: process.env.CI === 'true' },
      );
    },
  });

  const variants = Object.entries({ '': '', ...bench.shell.prompt?.variants });
  for (const [variant, line] of variants) {
    const condition = variant === '' ? '' : ` with ${variant}`;
    const names = variant === '' ? directories : prompts;
    check(bench, `draws every hostile name exactly, and runs none${condition}${skipped(names, 'draw')}`, {
      needs: ['prompt', 'deactivate'],
      environments: names.length,
      body: (scene) => drawAll(scene, line, names),
    });
  }

  check(bench, `draws ${numberOfNames()} generated names exactly`, {
    needs: ['prompt', 'deactivate'],
    environments: numberOfNames(),
    body: async (scene) => {
      const batch = fc.array(hostilePairs(os), { minLength: BATCH, maxLength: BATCH });
      await fc.assert(
        fc.asyncProperty(batch, (names) => drawAll(scene, '', names)),
        { numRuns: Math.ceil(numberOfNames() / BATCH), endOnFailure: true },
      );
    },
  });
}

/** What {@link Activator.activationCommand} says to users of this shell. */
function activationLine({ shell, subject }: Bench): ((environment: TestEnvironment) => string) | undefined {
  const { activationCommand } = subject.activator;
  const name = activationCommand?.shells.find((one) => one === basename(shell.command[0]));
  return name === undefined ? undefined : ({ script }) => activationCommand?.line(script, name) ?? '';
}

function hostilePairs(os: 'posix' | 'nt'): fc.Arbitrary<HostileNames> {
  const name = hostileNames(true);
  return fc.record(
    { directory: name.filter((directory) => isDirectoryName(directory, os)), prompt: name },
    { requiredKeys: ['directory'] },
  );
}

type Purpose = 'enter' | 'draw';

/** For a title: how many of the names the shell can't bear, and why. */
function describeLeftOut({ shell }: Bench, names: readonly HostileNames[], purpose: Purpose): string {
  const reasons = names.flatMap((name) => shell.cannotBear?.(name, purpose) ?? []);
  return reasons.length === 0 ? '' : ` (${reasons.length} left out because ${[...new Set(reasons)].join('; ')})`;
}

let environments = 0;

// Makes what the activator can express, and checks that it refuses just what it can't.
async function makeAll(scene: Scene, names: readonly HostileNames[]): Promise<readonly TestEnvironment[]> {
  const made: TestEnvironment[] = [];
  for (const name of names) {
    environments += 1;
    const request: EnvironmentRequest = {
      ...name,
      directory: `${environments}/${name.directory}`,
      // The interpreter is where the hostile prompt says, and its Tcl too.
      interpreter: scene.join(scene.shell.os === 'nt' ? 'C:' : '', 'opt', name.prompt ?? name.directory),
      tcl: scene.join(scene.shell.os === 'nt' ? 'C:' : '', 'opt', name.prompt ?? name.directory),
    };
    const support = scene.activator.supports(describeEnvironment(scene, request));
    const isRefused = scene.shell.refuses?.(name) ?? false;
    expect({ name, support }).toEqual({ name, support: isRefused ? { reason: expect.stringMatching(/./) } : true });
    if (!isRefused) made.push(await scene.make(request));
  }
  return made;
}

/** Enters and leaves all; `typed` is another way to enter, which is meant for people: from a script there may be no leaving. */
async function runAll(
  scene: Scene,
  names: readonly HostileNames[],
  typed?: (environment: TestEnvironment) => string,
): Promise<void> {
  const leaves = typed === undefined && has(scene.shell, 'deactivate');
  const made = await makeAll(scene, borne(scene, names, 'enter'));
  for (let start = 0; start < made.length; start += BATCH) {
    const batch = made.slice(start, start + BATCH);
    const run = await scene.run(
      batch.flatMap((environment, index) => [
        typed?.(environment) ?? scene.activate(environment),
        scene.report(`during-${index}`),
        ...(leaves ? [scene.deactivate(environment), scene.report(`after-${index}`)] : []),
      ]),
      { environments: batch.length },
    );
    const outcomes = batch.map((environment, index) => {
      const during = run.report(`during-${index}`);
      const after = leaves ? run.report(`after-${index}`) : {};
      return {
        place: during.VIRTUAL_ENV,
        prompt: during.VIRTUAL_ENV_PROMPT,
        isFirst: during.PATH?.startsWith(scene.list(environment.scripts, '')),
        left: after.VIRTUAL_ENV,
      };
    });
    expect(outcomes).toEqual(
      batch.map(({ destination, prompt }) => ({ place: destination, prompt, isFirst: true, left: undefined })),
    );
    expect(run.notes.filter((note) => note.kind === 'pwned')).toEqual([]);
    if (has(scene.shell, 'quiet')) expect(run.stdout + run.stderr).toBe('');
  }
}

async function drawAll(scene: Scene, variant: string, names: readonly HostileNames[]): Promise<void> {
  const made = (await makeAll(scene, borne(scene, names, 'draw'))).filter(({ prompt }) => isDrawable(prompt));
  await atTerminal(scene, variant, async (person) => {
    for (const environment of made) {
      await person.enter(environment, person.expected(environment.prompt));
      await person.leave(person.expected());
    }
  });
  expect((await scene.notes()).filter((note) => note.kind === 'pwned')).toEqual([]);
}

function borne({ shell }: Scene, names: readonly HostileNames[], purpose: Purpose): readonly HostileNames[] {
  return names.filter((name) => shell.cannotBear?.(name, purpose) === undefined);
}

// A carriage return overwrites what stands before it, and what a terminal makes of rare scripts is its own affair.
function isDrawable(prompt: string): boolean {
  return /^(?:[\x20-\x7e\t\n\u0400-\u04ff\u3040-\u9fff\uac00-\ud7a3éß🐍👩💻]|\u0301|\u200d)*$/u.test(prompt);
}
