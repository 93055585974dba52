import type { Activator, Options, Settings } from '@vivarium/core/host';
import { describe, test } from 'vitest';
import { findShell } from '../find-shell.ts';
import type { Shell } from '../shell.ts';
import { testActivating } from './activating.ts';
import type { CheckTarget } from './check.ts';
import { testDrawing } from './drawing.ts';
import { testEncodings } from './encodings.ts';
import { testHostility } from './hostility.ts';
import { testInheriting } from './inheriting.ts';
import { testInstalling } from './installing.ts';
import { testMoving } from './moving.ts';
import { testNeighbours } from './neighbouring.ts';
import { testSurroundings } from './shadowing.ts';
import { testUnwinding } from './unwinding.ts';
import { testVariables } from './variables.ts';

/** What the suite can be told besides the activator and its shell. */
export interface SuiteOptions<O extends Options = Options> {
  /** Values of the activator's own options. */
  readonly settings?: Settings<O>;
}

/**
 * Registers vitest tests that run the activator's script in the real shell: everything that an activation script has to
 * hold. Call it at the top level of a test file, once for each shell that the script serves.
 *
 * A shell that isn't on this machine is skipped, and the report says so; where `CI` is `true` that is a failure, unless
 * the description says why the shell can't be installed.
 *
 * @example
 * testActivator(elvish, { name: 'elvish', command: ['elvish'], script: 'activate.elv', … });
 */
export function testActivator<O extends Options>(
  activator: Activator<O>,
  shell: Shell,
  { settings = {} as Settings<O> }: SuiteOptions<O> = {},
): void {
  const found = findShell(shell);
  const title = `${activator.title} in ${shell.name}`;
  if (found === undefined) {
    registerAbsence(title, shell);
    return;
  }
  const target: CheckTarget = { shell, subject: { activator, settings } as unknown as CheckTarget['subject'] };
  describe(`${title} (${found.version})`, () => {
    testActivating(target);
    testUnwinding(target);
    testVariables(target);
    testInheriting(target);
    testSurroundings(target);
    testMoving(target);
    testNeighbours(target);
    testDrawing(target);
    testHostility(target);
    testEncodings(target);
    testInstalling(target);
  });
}

function registerAbsence(title: string, shell: Shell): void {
  const [command] = shell.command;
  if (process.env.CI === 'true' && shell.cannotBeInstalled === undefined) {
    test(title, () => {
      throw new Error(`${command} isn't on PATH, and the set-up should have installed it`);
    });
    return;
  }
  test.skip(`${title} (skipped because ${shell.cannotBeInstalled ?? `${command} isn't on PATH`})`, () => {});
}
