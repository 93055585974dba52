import { inspect } from '../inspect/inspect.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { findAdvisories } from './advisories.ts';
import { findBaseFaults } from './find-base.ts';
import { findNotIgnored } from './find-ignored.ts';
import { findLaunchers } from './find-launchers.ts';
import { findMissingFiles } from './find-missing-files.ts';
import { findMoved } from './find-moved.ts';
import { findPackageFaults } from './find-packages.ts';
import { findPermissionFaults } from './find-permissions.ts';
import { findVariableFaults } from './find-variables.ts';
import type { Finding, Found } from './finding.ts';
import { quote } from './quote.ts';
import { type FindingCode, findings } from './table.ts';

/** What {@link diagnose} is told. */
export interface DiagnoseOptions {
  /** Today, for dates of end of life. @default now */
  readonly now?: Date;
  /** Whether packages are compared with what was installed; it takes as long as reading all their files. @default true */
  readonly packages?: boolean;
  /** The version of the base, where it was asked for it. @default what its files tell */
  readonly baseVersion?: string | undefined;
}

/** An environment and what is wrong with it. */
export interface Diagnosis {
  readonly inspection: Inspection;
  /** In the order of the table of findings. */
  readonly findings: readonly Finding[];
}

/**
 * Looks for everything that can be wrong with an environment. Nothing is started and nothing is written.
 *
 * @param path as for {@link inspect}
 * @throws VivariumError what {@link inspect} throws
 */
export function diagnose(path: string, options: DiagnoseOptions = {}): Diagnosis {
  const inspection = inspect(path, { packages: true });
  return { inspection, findings: findingsOf(inspection, options) };
}

/** What variables of a process do to all environments that it uses: `PYTHONHOME`, `PYTHONPATH`, `VIRTUAL_ENV`. */
export function diagnoseVariables(env: Readonly<Record<string, string | undefined>>): readonly Finding[] {
  return findVariableFaults(env).map((found) => complete(found, ''));
}

function findingsOf(
  inspection: Inspection,
  { now = new Date(), packages = true, baseVersion }: DiagnoseOptions,
): readonly Finding[] {
  const { problems, path, directory } = inspection;
  if (problems.some(({ code }) => code === 'REDIRECT_DANGLING' || code === 'REDIRECT_INVALID')) {
    return problems.map((problem) =>
      complete({ ...problem, paths: [path], command: redirectCommand(inspection) }, path),
    );
  }
  const isConda = inspection.createdBy.tool === 'conda';
  const found: readonly Found[] = [
    ...(isConda ? ofConda() : [...problems, ...ofOwnPython()]),
    ...findPermissionFaults(inspection),
    ...findNotIgnored(inspection),
  ];
  const order = Object.keys(findings);
  return found.map((one) => complete(one, directory)).sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));

  function ofConda(): readonly Found[] {
    const own = problems.map((problem) => forConda(problem, directory));
    return [...own, ...(packages ? findPackageFaults(inspection) : [])];
  }

  function ofOwnPython(): readonly Found[] {
    return [
      ...findBaseFaults(inspection, { now, baseVersion: baseVersion ?? inspection.python.version }),
      ...findMissingFiles(inspection),
      ...findMoved(inspection),
      ...findLaunchers(inspection),
      ...(packages ? findPackageFaults(inspection) : []),
      ...findAdvisories(inspection),
    ];
  }
}

/** Conda installs the Python of its environments, and keeps files by rules of its own. */
function forConda(problem: Found, directory: string): Found {
  return { ...problem, kind: 'command', command: `conda install -p ${quote(directory)} --force-reinstall python` };
}

function redirectCommand({ path, redirect }: Inspection): string {
  if (redirect !== undefined) return `vivarium create ${quote(redirect.target)}`;
  return `rm ${quote(path)} && vivarium create ${quote(path)}`;
}

function complete({ code, message, paths = [], command, otherwise, kind }: Found, directory: string): Finding {
  const { severity, remedy } = findings[code as FindingCode];
  return {
    code,
    severity,
    message,
    paths,
    remedy: {
      kind: kind ?? remedy,
      command: command ?? `vivarium repair ${quote(directory)}`,
      ...(otherwise === undefined ? {} : { otherwise }),
    },
  };
}
