import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestModule } from 'vitest/node';

/** What became of the tests of one file. */
export interface FileReport {
  /** Relative to the root of the workspace. */
  readonly path: string;
  /** Milliseconds, with imports and hooks. */
  readonly duration: number;
  /** What kept the file as a whole from being run. */
  readonly errors: readonly string[];
  readonly tests: readonly TestReport[];
}

interface TestReport {
  /** The title with those of the suites around it. */
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
  /** Milliseconds. */
  readonly duration: number;
  /** Why it was skipped, if the test says so. */
  readonly note?: string;
  readonly errors: readonly string[];
}

const root = fileURLToPath(new URL('.', import.meta.url));

/** Writes what became of every test to the file that `VIVARIUM_TEST_REPORT` names, for the root test command. */
export class FileReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { readonly message: string }[]): void {
    const path = process.env.VIVARIUM_TEST_REPORT;
    if (path === undefined) return;
    const report = { files: modules.map(describeFile), unhandled: unhandled.map(({ message }) => message) };
    writeFileSync(path, JSON.stringify(report));
  }
}

function describeFile(module: TestModule): FileReport {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return {
    path: relative(root, module.moduleId),
    duration: Math.round(collectDuration + setupDuration + duration),
    errors: module.errors().map(({ message }) => message),
    tests: [...module.children.allTests()].map((test) => {
      const result = test.result();
      const note = result.state === 'skipped' ? result.note : undefined;
      return {
        title: test.fullName,
        state: result.state,
        duration: Math.round(test.diagnostic()?.duration ?? 0),
        ...(note === undefined ? {} : { note }),
        errors: (result.errors ?? []).map(({ message, stack }) => stack ?? message),
      };
    }),
  };
}
