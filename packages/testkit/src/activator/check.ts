import type { Activator, Options } from '@vivarium/core/host';
import { test } from 'vitest';
import { type EnvironmentRequest, makeEnvironment, type Subject, type TestEnvironment } from '../environment.ts';
import { inLab, type Lab, TIME_FOR_EACH } from '../lab.ts';
import type { Ability, Shell } from '../shell.ts';

/** One activator in one shell, and what each check needs of both. */
export interface CheckTarget {
  readonly subject: Subject;
  readonly shell: Shell;
}

/** The lab of one check, with lines that mean the same in every shell. */
export interface CheckContext extends Lab {
  readonly activator: Activator<Options>;
  make(request: EnvironmentRequest): Promise<TestEnvironment>;
  /** Notes the environment of what the shell starts. */
  report(label: string): string;
  activate(environment: TestEnvironment): string;
  deactivate(environment: TestEnvironment): string;
  /** A path in the notation of the shell, from its parts. */
  join(...parts: readonly string[]): string;
  /** A list of paths as `PATH` has it. */
  list(...entries: readonly string[]): string;
  /** Ends the test as one that this machine can't run. */
  skip(reason: string): never;
}

// A verb of the description that serves an ability, where the two don't share a name.
const VERBS: Readonly<Partial<Record<Ability, keyof Shell>>> = {
  alias: 'alias',
  deactivate: 'deactivate',
  frozen: 'freeze',
  function: 'function',
  noHashing: 'noHashing',
  prompt: 'prompt',
  promptVariable: 'promptVariable',
  readLine: 'readLine',
  reserved: 'reserved',
  rewritten: 'rewrite',
  settings: 'settings',
  status: 'status',
  strict: 'strict',
  unexported: 'assign',
  wrappedPrompt: 'wrapPrompt',
};

/** Whether the shell has all of these. */
export function has(shell: Shell, ...abilities: readonly Ability[]): boolean {
  return abilities.every((ability) => shell.lacks?.[ability] === undefined);
}

interface Check {
  readonly needs?: readonly Ability[];
  /** How many environments it enters, if these are many: its time limit grows with them. */
  readonly environments?: number;
  readonly body: (context: CheckContext) => Promise<void>;
}

// What one test may take next to the shell's own limit: environments have to be created, terminals to be drawn.
const TIME_FOR_TEST = 60_000;
const TIME_TO_DRAW = 2 * TIME_FOR_EACH;

/**
 * Registers a test that runs in a lab of its own. Where the shell lacks an ability the test is skipped and says why;
 * where an ability is neither described nor said to be lacking it fails.
 */
export function check(
  { shell, subject }: CheckTarget,
  title: string,
  { needs = [], environments = 0, body }: Check,
): void {
  const lacking = needs.find((ability) => shell.lacks?.[ability] !== undefined);
  if (lacking !== undefined) {
    test.skip(`${title} (skipped because ${shell.lacks?.[lacking]})`, () => {});
    return;
  }
  const timeout = TIME_FOR_TEST + (shell.timeLimit ?? 0) + environments * (TIME_FOR_EACH + TIME_TO_DRAW);
  test(title, { timeout }, async ({ skip }) => {
    for (const ability of needs) {
      const verb = VERBS[ability];
      if (verb !== undefined && shell[verb] === undefined) {
        throw new Error(
          `The description of ${shell.name} has no ${verb}: describe it, or say in lacks.${ability} why not`,
        );
      }
    }
    await inLab(shell, (lab) => body(createContext(lab, subject, skip)));
  });
}

function createContext(lab: Lab, subject: Subject, skip: (reason: string) => never): CheckContext {
  return {
    ...lab,
    activator: subject.activator,
    make: (request) => makeEnvironment(lab, subject, request),
    report: (label) => lab.call('report', label),
    activate: ({ script }) => lab.shell.activate(script),
    deactivate: ({ scripts }) => lab.shell.deactivate?.(scripts) ?? '',
    join: (...parts) => parts.join(lab.shell.os === 'nt' ? '\\' : '/'),
    skip,
    list: (...entries) => entries.join(separatorOf(lab.shell)),
  };
}

const CHANGING = ['_', 'SHLVL', 'PWD', 'OLDPWD', 'VIVARIUM_COPY', 'VIVARIUM_STATUS', 'VIVARIUM_LINE'];

/** An environment without what the shell itself changes in it all the time. */
export function comparable(shell: Shell, env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const ignored = new Set([...CHANGING, ...(shell.ownVariables ?? [])]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ignored.has(name)));
}

/** What stands between the entries of `PATH`. */
export function separatorOf(shell: Shell): string {
  return shell.os === 'nt' ? ';' : ':';
}
