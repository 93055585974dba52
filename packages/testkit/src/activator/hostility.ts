import { basename } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { describeEnvironment, type EnvironmentRequest, type TestEnvironment } from '../environment.ts';
import { HOSTILE_NAMES, hostileNames, isDirectoryName, NAMES_WITH_LINE_BREAKS } from '../hostile-names.ts';
import type { HostileNames } from '../shell.ts';
import { type CheckContext, type CheckTarget, check, has } from './check.ts';
import { atTerminal } from './drawing.ts';

const BATCH = 40;

/** How many names are generated for each shell: `VIVARIUM_HOSTILE_NAMES`. */
function numberOfNames(): number {
  return Number(process.env.VIVARIUM_HOSTILE_NAMES ?? BATCH);
}

/** Names that would run as code if anything read them twice. */
export function testHostility(target: CheckTarget): void {
  const fixed = [...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS];
  const { os = 'posix' } = target.shell;
  const directories = fixed
    .filter((name) => isDirectoryName(name, os))
    .map((directory): HostileNames => ({ directory }));
  const prompts = fixed.map((prompt): HostileNames => ({ directory: 'env', prompt }));
  const skipped = (names: readonly HostileNames[], purpose: Purpose): string => describeLeftOut(target, names, purpose);

  check(target, `shows and sets every hostile directory name exactly, and runs none${skipped(directories, 'enter')}`, {
    environments: directories.length,
    body: (context) => runAll(context, directories),
  });

  const typed = activationLine(target);
  if (typed !== undefined) {
    check(
      target,
      `is entered by the line that people are told to type, whatever the directory${skipped(directories, 'enter')}`,
      {
        environments: directories.length,
        body: (context) => runAll(context, directories, typed),
      },
    );
  }

  check(target, `shows and sets every hostile prompt exactly, and runs none${skipped(prompts, 'enter')}`, {
    environments: prompts.length,
    body: (context) => runAll(context, prompts),
  });

  check(target, `does so with ${numberOfNames()} generated names`, {
    environments: numberOfNames(),
    body: async (context) => {
      const batch = fc.array(hostilePairs(os), { minLength: BATCH, maxLength: BATCH });
      await fc.assert(
        fc.asyncProperty(batch, (names) => runAll(context, names)),
        { numRuns: Math.ceil(numberOfNames() / BATCH), endOnFailure: process.env.CI === 'true' },
      );
    },
  });

  const variants = Object.entries({ '': '', ...target.shell.prompt?.variants });
  for (const [variant, line] of variants) {
    const condition = variant === '' ? '' : ` with ${variant}`;
    const names = variant === '' ? directories : prompts;
    check(target, `draws every hostile name exactly, and runs none${condition}${skipped(names, 'draw')}`, {
      needs: ['prompt', 'deactivate'],
      environments: names.length,
      body: (context) => drawAll(context, line, names),
    });
  }

  check(target, `draws ${numberOfNames()} generated names exactly`, {
    needs: ['prompt', 'deactivate'],
    environments: numberOfNames(),
    body: async (context) => {
      const batch = fc.array(hostilePairs(os), { minLength: BATCH, maxLength: BATCH });
      await fc.assert(
        fc.asyncProperty(batch, (names) => drawAll(context, '', names)),
        { numRuns: Math.ceil(numberOfNames() / BATCH), endOnFailure: true },
      );
    },
  });
}

/** What {@link Activator.activationCommand} says to users of this shell. */
function activationLine({ shell, subject }: CheckTarget): ((environment: TestEnvironment) => string) | undefined {
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
function describeLeftOut({ shell }: CheckTarget, names: readonly HostileNames[], purpose: Purpose): string {
  const reasons = names.flatMap((name) => shell.cannotBear?.(name, purpose) ?? []);
  return reasons.length === 0 ? '' : ` (${reasons.length} left out because ${[...new Set(reasons)].join('; ')})`;
}

let environments = 0;

// Makes what the activator can express, and checks that it refuses just what it can't.
async function makeAll(context: CheckContext, names: readonly HostileNames[]): Promise<readonly TestEnvironment[]> {
  const made: TestEnvironment[] = [];
  for (const name of names) {
    environments += 1;
    const request: EnvironmentRequest = {
      ...name,
      directory: `${environments}/${name.directory}`,
      // The interpreter is where the hostile prompt says, and its Tcl too.
      interpreter: context.join(context.shell.os === 'nt' ? 'C:' : '', 'opt', name.prompt ?? name.directory),
      tcl: context.join(context.shell.os === 'nt' ? 'C:' : '', 'opt', name.prompt ?? name.directory),
    };
    const support = context.activator.supports(describeEnvironment(context, request));
    const isRefused = context.shell.refuses?.(name) ?? false;
    expect({ name, support }).toEqual({ name, support: isRefused ? { reason: expect.stringMatching(/./) } : true });
    if (!isRefused) made.push(await context.make(request));
  }
  return made;
}

/** Enters and leaves all; `typed` is another way to enter, which is meant for people: from a script there may be no leaving. */
async function runAll(
  context: CheckContext,
  names: readonly HostileNames[],
  typed?: (environment: TestEnvironment) => string,
): Promise<void> {
  const leaves = typed === undefined && has(context.shell, 'deactivate');
  const made = await makeAll(context, borne(context, names, 'enter'));
  for (let start = 0; start < made.length; start += BATCH) {
    const batch = made.slice(start, start + BATCH);
    const run = await context.run(
      batch.flatMap((environment, index) => [
        typed?.(environment) ?? context.activate(environment),
        context.report(`during-${index}`),
        ...(leaves ? [context.deactivate(environment), context.report(`after-${index}`)] : []),
      ]),
      { environments: batch.length },
    );
    const outcomes = batch.map((environment, index) => {
      const during = run.report(`during-${index}`);
      const after = leaves ? run.report(`after-${index}`) : {};
      return {
        place: during.VIRTUAL_ENV,
        prompt: during.VIRTUAL_ENV_PROMPT,
        isFirst: during.PATH?.startsWith(context.list(environment.scripts, '')),
        left: after.VIRTUAL_ENV,
      };
    });
    expect(outcomes).toEqual(
      batch.map(({ destination, prompt }) => ({ place: destination, prompt, isFirst: true, left: undefined })),
    );
    expect(run.notes.filter((note) => note.kind === 'pwned')).toEqual([]);
    if (has(context.shell, 'quiet')) expect(run.stdout + run.stderr).toBe('');
  }
}

async function drawAll(context: CheckContext, variant: string, names: readonly HostileNames[]): Promise<void> {
  const made = (await makeAll(context, borne(context, names, 'draw'))).filter(({ prompt }) => isDrawable(prompt));
  await atTerminal(context, variant, async (user) => {
    for (const environment of made) {
      await user.enter(environment, user.expected(environment.prompt));
      await user.leave(user.expected());
    }
  });
  expect((await context.notes()).filter((note) => note.kind === 'pwned')).toEqual([]);
}

function borne({ shell }: CheckContext, names: readonly HostileNames[], purpose: Purpose): readonly HostileNames[] {
  return names.filter((name) => shell.cannotBear?.(name, purpose) === undefined);
}

// A carriage return overwrites what stands before it, and what a terminal makes of rare scripts is its own affair.
function isDrawable(prompt: string): boolean {
  return /^(?:[\x20-\x7e\t\n\u0400-\u04ff\u3040-\u9fff\uac00-\ud7a3éß🐍👩💻]|\u0301|\u200d)*$/u.test(prompt);
}
