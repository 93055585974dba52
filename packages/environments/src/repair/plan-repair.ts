import { existsSync, lstatSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { ChangePlan, Plan } from '@vivarium/core/host';
import { type Step, VivariumError } from '@vivarium/core/plugin';
import type { Diagnosis } from '../findings/diagnose.ts';
import { missingKeysOf } from '../findings/find-missing-files.ts';
import type { Finding } from '../findings/finding.ts';
import { recordedFiles, withRecord } from '../findings/record.ts';
import { activationScripts } from '../findings/scripts.ts';
import type { FindingCode, findings as table } from '../findings/table.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { isThere } from '../inspect/layout.ts';
import { readBounded } from '../read/read-bounded.ts';
import { editConfiguration } from './edit-configuration.ts';
import { removeDuplicates } from './remove-duplicates.ts';
import { rewriteScripts } from './rewrite-scripts.ts';

/** A file of a package that is to be as it was installed. */
export interface WantedFile {
  /** The distribution, as its metadata directory has its name. */
  readonly name: string;
  readonly version: string;
  /** As RECORD writes it: relative to site-packages. */
  readonly path: string;
  /** As RECORD writes it: `sha256=…`. */
  readonly hash: string;
}

/** What {@link planRepair} is told. */
export interface RepairRequest {
  readonly diagnosis: Diagnosis;
  /**
   * The plan for creating the same environment again in its place without seeds, from a Python of the version that its
   * packages are for. A repair takes from it what is to be written. Missing where {@link needsPython} says no, or
   * there is none.
   */
  readonly again?: Plan;
  /** The same with the seeds that {@link wantedSeeds} names. */
  readonly seeded?: Plan;
  /** Why there is no `again`, for what can't be repaired without: a clause after "because". */
  readonly whyNoPython?: string;
  /** Gives the absolute path of a file with these contents, where there is one. */
  readonly restore: (file: WantedFile) => string | undefined;
}

/** What is not repaired. */
export interface Skipped {
  readonly code: FindingCode;
  /** Why not, in one sentence. */
  readonly reason: string;
}

/** The smallest list of steps that fixes what can be fixed. */
export interface Repair {
  /** Missing where there is nothing to do. */
  readonly changes?: ChangePlan;
  /** The codes of the findings that it fixes. */
  readonly fixes: readonly FindingCode[];
  readonly skipped: readonly Skipped[];
}

type Repairable = {
  [Code in FindingCode]: (typeof table)[Code]['remedy'] extends 'repair' ? Code : never;
}[FindingCode];

/** The steps for one finding; `reason` says what of it they leave. */
interface Fix {
  readonly steps: readonly Step[];
  readonly reason?: string;
}

type Fixer = (finding: Finding, request: RepairRequest) => Fix;

/** What fixes each finding. The compiler holds it to the findings that `vivarium repair` is the remedy of. */
const FIXES: Readonly<Record<Repairable, Fixer>> = {
  CONFIGURATION_NOT_READABLE: (_, request) => ({ steps: [...configuration(request), ...library64(request)] }),
  CONFIGURATION_INCOMPLETE: (_, request) => ({ steps: configuration(request) }),
  CONFIGURATION_KEY_MISSING: (_, request) => ({ steps: configuration(request) }),
  BASE_NOT_FOUND: rebase,
  BASE_MISMATCH: rebase,
  BASE_PLATFORM_MISMATCH: rebase,
  BASE_REPLACED: (_, request) => ({
    steps: [...(isCopied(request.diagnosis.inspection) ? executables(request) : []), ...configuration(request)],
  }),
  PYTHON_NOT_FOUND: (_, request) => ({ steps: executables(request) }),
  PYTHON_NOT_USABLE: (_, request) => ({ steps: executables(request) }),
  LAYOUT_FILE_MISSING: missingFiles,
  SITE_PACKAGES_NOT_FOUND: (_, request) => ({ steps: [...directories(request), ...seeds(request)] }),
  ENVIRONMENT_MOVED: movedScripts,
  SCRIPT_INTERPRETER_MISMATCH: commands,
  PACKAGE_FILE_MISSING: packageFiles,
  PACKAGE_FILE_CHANGED: packageFiles,
  PACKAGE_DUPLICATE: (_, { diagnosis }) => ({ steps: removeDuplicates(diagnosis.inspection) }),
  PACKAGE_LEFTOVER: ({ paths }) => ({ steps: paths.map((path) => ({ kind: 'remove', path })) }),
  FILE_MODE_INVALID: permissions,
  ENVIRONMENT_NOT_IGNORED: (_, { diagnosis }) => ({ steps: [ignored(diagnosis.inspection)] }),
  SEED_VULNERABLE: vulnerableSeed,
};

const NEED_PYTHON: ReadonlySet<FindingCode> = new Set<Repairable>([
  ...(['CONFIGURATION_NOT_READABLE', 'CONFIGURATION_INCOMPLETE', 'BASE_NOT_FOUND', 'BASE_MISMATCH'] as const),
  ...(['BASE_PLATFORM_MISMATCH', 'BASE_REPLACED', 'PYTHON_NOT_FOUND', 'PYTHON_NOT_USABLE'] as const),
  ...(['SITE_PACKAGES_NOT_FOUND', 'ENVIRONMENT_MOVED', 'SEED_VULNERABLE'] as const),
  ...(['CONFIGURATION_KEY_MISSING', 'LAYOUT_FILE_MISSING'] as const),
]);

/** Whether a repair of these findings takes a Python. */
export function needsPython(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => NEED_PYTHON.has(code)) || wantedSeeds(findings).length > 0;
}

/** The seeds that a repair of these findings installs, by their normalized names. */
export function wantedSeeds(findings: readonly Finding[]): readonly string[] {
  const vulnerable = findings
    .filter(({ code }) => code === 'SEED_VULNERABLE')
    .map(({ message }) => message.slice(0, message.indexOf(' ')));
  // A pip of which files are gone can't be told to install itself again.
  const takesPip = findings.some(
    ({ code, paths }) => code === 'SITE_PACKAGES_NOT_FOUND' || (isOfPackage(code) && paths.some(isOfPip)),
  );
  return [...new Set([...vulnerable, ...(takesPip ? ['pip'] : [])])];
}

function isOfPackage(code: FindingCode): boolean {
  return code === 'PACKAGE_FILE_MISSING' || code === 'PACKAGE_FILE_CHANGED';
}

function isOfPip(path: string): boolean {
  return /(?:^|\/)site-packages\/pip(?:-[^/]+\.dist-info)?\//.test(path);
}

/**
 * Plans the repair of an environment: for each finding the steps that fix it, and no others. Nothing is written; core's
 * `applyPlan` applies it.
 */
export function planRepair(request: RepairRequest): Repair {
  const { inspection, findings } = request.diagnosis;
  const steps = new Map<string, Step>();
  const last: Step[] = [];
  const [fixes, skipped]: [Set<FindingCode>, Skipped[]] = [new Set(), []];
  for (const finding of findings) {
    const { code, remedy } = finding;
    if (remedy.kind !== 'repair' || !isRepairable(code)) {
      skipped.push({ code, reason: `${finding.message}; run ${remedy.command}` });
      continue;
    }
    if (NEED_PYTHON.has(code) && request.again === undefined) {
      skipped.push({
        code,
        reason: `${finding.message}; not repaired, because ${request.whyNoPython ?? 'there is no Python'}`,
      });
      continue;
    }
    const fix = FIXES[code](finding, request);
    for (const step of fix.steps) {
      if (step.kind === 'run') last.push(step);
      else steps.set(keyOf(step), step);
    }
    if (fix.steps.length > 0) fixes.add(code);
    if (fix.reason !== undefined) skipped.push({ code, reason: fix.reason });
  }
  const all = [...inTheWay([...steps.values()], inspection), ...steps.values(), ...last];
  if (all.length === 0) return { fixes: [], skipped };
  const host = { os: platform() === 'win32' ? 'nt' : 'posix', platform: platform() } as const;
  const changes: ChangePlan = {
    mode: 'refresh',
    environment: { destination: inspection.directory, interpreter: host },
    steps: all,
  };
  return { changes, fixes: [...fixes], skipped };
}

/** Directories where a file or a link is to be: one has to be said to go. */
function inTheWay(steps: readonly Step[], { directory }: Inspection): readonly Step[] {
  return steps.flatMap((step): readonly Step[] => {
    const isFile = step.kind === 'file' || step.kind === 'copy' || (step.kind === 'symlink' && !step.orDirectory);
    if (!isFile || !lstatSync(join(directory, step.path), { throwIfNoEntry: false })?.isDirectory()) return [];
    return [{ kind: 'remove', path: step.path }];
  });
}

/** A directory, and the trees of several packages that are put into it, are steps of one path. */
function keyOf(step: Step): string {
  if (step.kind === 'run') return step.kind;
  return `${step.kind} ${step.path}${step.kind === 'tree' ? ` ${step.source}` : ''}`;
}

function isRepairable(code: FindingCode): code is Repairable {
  return Object.hasOwn(FIXES, code);
}

function rebase(_: Finding, request: RepairRequest): Fix {
  return { steps: [...executables(request), ...configuration(request)] };
}

function isCopied({ python }: Inspection): boolean {
  return python.state === 'ok' && python.links.length === 0;
}

/** Executables and what they need next to them: links and copies outside of the directories of packages. */
function executables({ again, diagnosis }: RepairRequest): readonly Step[] {
  const { sitePackages } = diagnosis.inspection.layout;
  return (again?.steps ?? []).filter(
    (step) =>
      (step.kind === 'symlink' || step.kind === 'copy') &&
      step.path !== 'lib64' &&
      !sitePackages.some((packages) => step.path.startsWith(`${packages}/`)),
  );
}

function directories({ again }: RepairRequest): readonly Step[] {
  return (again?.steps ?? []).filter(
    (step) => step.kind === 'directory' || (step.kind === 'symlink' && step.path === 'lib64'),
  );
}

/** The environment is one of vivarium afterwards, which has this link where virtualenv has none. */
function library64({ again, diagnosis }: RepairRequest): readonly Step[] {
  if (isThere(join(diagnosis.inspection.directory, 'lib64'))) return [];
  return (again?.steps ?? []).filter((step) => step.kind === 'symlink' && step.path === 'lib64');
}

/** What the seeder plans besides the environment itself. */
function seeds({ again, seeded }: RepairRequest): readonly Step[] {
  const own = new Set((again?.steps ?? []).map(keyOf));
  return (seeded?.steps ?? []).filter((step) => step.kind !== 'run' && !own.has(keyOf(step)));
}

/** `pyvenv.cfg` with the new base: edited where it can be read, else as for a new environment. */
function configuration({ again, diagnosis }: RepairRequest): readonly Step[] {
  const { directory } = diagnosis.inspection;
  const planned = again?.steps.find((step) => step.kind === 'file' && step.path === 'pyvenv.cfg');
  if (again === undefined || planned === undefined) return [];
  const file = join(directory, 'pyvenv.cfg');
  const text = readBounded(file);
  const isReadable = text !== undefined && !text.includes('\0') && /^[ \t]*[\w-]+[ \t]*=/m.test(text);
  if (!isReadable) return [planned];
  const missing = missingKeysOf(diagnosis.inspection);
  return [
    { kind: 'file', path: 'pyvenv.cfg', contents: editConfiguration(text, again.environment.interpreter, missing) },
  ];
}

/**
 * All commands of all findings are rewritten at once, also for one finding: those of one package have one RECORD.
 */
function commands({ paths }: Finding, { diagnosis }: RepairRequest): Fix {
  const { inspection, findings } = diagnosis;
  if (paths.length === 0) return { steps: [] };
  const isActivation = new Set(activationScripts(inspection));
  const all = findings
    .filter(({ code }) => code === 'ENVIRONMENT_MOVED' || code === 'SCRIPT_INTERPRETER_MISMATCH')
    .filter(({ remedy }) => remedy.kind === 'repair')
    .flatMap((finding) => finding.paths.filter((path) => !isActivation.has(path)));
  const rewritten = rewriteScripts(all, inspection);
  const { steps } = rewritten;
  const skipped = rewritten.skipped.filter((path) => paths.includes(path));
  if (skipped.length === 0) return { steps };
  return { steps, reason: `${skipped.join(', ')} is not a text in UTF-8, and stays as it is` };
}

/** Scripts for activation are ours afterwards; those that we have no script for stay, and are named. */
function movedScripts(finding: Finding, request: RepairRequest): Fix {
  const { inspection } = request.diagnosis;
  const isActivation = new Set(activationScripts(inspection));
  const activation = scriptsAgain(
    finding.paths.filter((path) => isActivation.has(path)),
    request,
  );
  const others = finding.paths.filter((path) => !isActivation.has(path));
  return joined([activation, commands({ ...finding, paths: others }, request)]);
}

/** Names of the executable and links as a new environment has them, and scripts for activation of ours. */
function missingFiles({ paths }: Finding, request: RepairRequest): Fix {
  const wanted = new Set(paths);
  const planned = (request.again?.steps ?? []).filter(
    (step) => (step.kind === 'symlink' || step.kind === 'copy') && wanted.has(step.path),
  );
  const isPlanned = new Set(planned.map(keyOfPath));
  const scripts = scriptsAgain(
    paths.filter((path) => !isPlanned.has(path)),
    request,
  );
  return joined([{ steps: planned }, scripts]);
}

/** Scripts for activation as a new environment has them. `venv` has the one for PowerShell under a name of its own. */
function scriptsAgain(paths: readonly string[], { again }: RepairRequest): Fix {
  const planned = new Map(
    (again?.steps ?? []).flatMap((step) => (step.kind === 'file' ? [[step.path.toLowerCase(), step]] : [])),
  );
  const left = paths.filter((path) => !planned.has(path.toLowerCase()));
  return {
    steps: paths.flatMap((path) => {
      const step = planned.get(path.toLowerCase());
      return step === undefined ? [] : [{ ...step, path }];
    }),
    ...(left.length === 0 ? {} : { reason: `vivarium has nothing of its own for ${left.join(', ')}` }),
  };
}

function keyOfPath(step: Step): string {
  return step.kind === 'run' ? '' : step.path;
}

function joined(fixes: readonly Fix[]): Fix {
  const reasons = fixes.flatMap(({ reason }) => reason ?? []);
  return {
    steps: fixes.flatMap(({ steps }) => steps),
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
  };
}

/** A seed in the version that the seeder has; where that is no newer one, pip has to get it. */
function vulnerableSeed(finding: Finding, request: RepairRequest): Fix {
  const [, name = '', version = ''] = /^(\S+) (\S+) /.exec(finding.message) ?? [];
  const offered = request.seeded?.seeder?.packages.find((one) => one.name === name);
  if (offered !== undefined && offered.version !== version) return { steps: seeds(request) };
  const have = offered === undefined ? `has no ${name}` : `has no other ${name} than ${version}`;
  const reason = `${finding.message}; vivarium ${have} here; run ${finding.remedy.otherwise}`;
  return { steps: [], reason };
}

/** Files with the recorded hash, from wherever there are some. pip is installed again where there are none. */
function packageFiles(finding: Finding, request: RepairRequest): Fix {
  const { diagnosis, restore } = request;
  const { inspection } = diagnosis;
  const wanted = new Set(finding.paths);
  const files = withRecord(inspection).flatMap(({ name, version, path: distInfo }) =>
    recordedFiles(inspection.directory, { name, version, path: distInfo, isEditable: false })
      .filter(({ path }) => wanted.has(path))
      .map((file) => ({ file, source: restore({ name, version, path: file.recorded, hash: file.hash }) })),
  );
  const left = files.filter(({ source }) => source === undefined).map(({ file }) => file.path);
  const steps = files.flatMap(({ file, source }): readonly Step[] => {
    return source === undefined ? [] : [{ kind: 'copy', path: file.path, source, mode: 0o644 }];
  });
  if (left.length === 0) return { steps };
  if (left.some(isOfPip) && request.seeded !== undefined) return { steps: seeds(request) };
  const reason = `the cache has no copy of ${left[0]}${left.length === 1 ? '' : ` and ${left.length - 1} more`}; run ${finding.remedy.otherwise}`;
  return { steps, reason };
}

/** Arguments of one process have a limit. */
const MAX_PATHS = 500;

function permissions({ paths }: Finding, { diagnosis }: RepairRequest): Fix {
  const { directory } = diagnosis.inspection;
  const program = ['/bin/chmod', '/usr/bin/chmod'].find((path) => existsSync(path));
  if (program === undefined) throw new VivariumError('INTERNAL_ERROR', 'This system has no chmod');
  const absolute = paths.map((path) => join(directory, path));
  const isOpen = (path: string): boolean => (lstatSync(path).mode & 0o002) !== 0;
  const [open, dead] = [absolute.filter(isOpen), absolute.filter((path) => !isOpen(path))];
  return { steps: [...chmod(program, 'o-w', open), ...chmod(program, 'u+x', dead)] };
}

function chmod(program: string, mode: string, paths: readonly string[]): readonly Step[] {
  return Array.from({ length: Math.ceil(paths.length / MAX_PATHS) }, (_, index): Step => {
    const some = paths.slice(index * MAX_PATHS, (index + 1) * MAX_PATHS);
    return { kind: 'run', command: [program, mode, '--', ...some], purpose: 'set permissions' };
  });
}

function ignored({ directory }: Inspection): Step {
  const text = readBounded(join(directory, '.gitignore')) ?? '';
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return { kind: 'file', path: '.gitignore', contents: `${before}*\n` };
}
