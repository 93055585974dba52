import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatVersion, isAtLeast, VivariumError } from '@vivarium/core/host';
import { normalizeName } from '@vivarium/packaging';
import type { LockedFile, LockedPackage, Pylock } from '@vivarium/pylock';
import { assertNothingToBuild, buildNotAllowed } from './build-needed.ts';
import { redact } from './credentials.ts';
import { environmentMarker } from './environment-marker.ts';
import { openPip, type Pip } from './pip.ts';
import { lockedPackage, type PipReport, readPipReport } from './pip-report.ts';
import type { Resolution, ResolutionRequest } from './request.ts';
import { resolutionFailure } from './resolution-failure.ts';

/**
 * Resolves requirements with pip, through its installation report: nothing is installed, and nothing that is installed
 * counts. pip is that of the seed packages, run by the Python that the packages are for; indexes, proxies, certificates
 * and credentials are those that pip is configured with.
 *
 * @throws VivariumError `RESOLUTION_FAILED` with what pip says, `RESOLVER_NOT_SUPPORTED` for a Python without a pip that
 *   writes reports, `BUILD_NOT_ALLOWED`
 */
export async function resolveWithPip(request: ResolutionRequest): Promise<Resolution> {
  const { allowBuild, specs, files } = request;
  if (!allowBuild) assertNothingToBuild(request);
  assertReports(request);
  const pip = await openPip(request.interpreter, request.context);
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-lock-'));
  try {
    const path = join(directory, 'report.json');
    await runPip(pip, request, [
      'install',
      ...['--dry-run', '--ignore-installed', '--report', path],
      ...(allowBuild ? [] : ['--only-binary', ':all:']),
      ...files.flatMap((file) => ['--requirement', file]),
      ...specs,
    ]);
    const report = readPipReport(readFileSync(path, 'utf8'));
    if (!allowBuild) assertWheels(report);
    for (const { metadata, is_yanked: isYanked } of report.install) {
      if (isYanked) request.context.warn(`${metadata.name} ${metadata.version} was withdrawn by its author (yanked)`);
    }
    const packages: LockedPackage[] = [];
    for (const reported of report.install) {
      packages.push(
        await withHashes(lockedPackage(reported), { pip, request, directory, url: reported.download_info.url }),
      );
    }
    const requested = report.install.filter((one) => one.requested).map(({ metadata }) => normalizeName(metadata.name));
    return { lock: lockOf(packages, report), requested: new Set(requested), resolver: `pip ${report.pip_version}` };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function lockOf(packages: readonly LockedPackage[], { environment }: PipReport): Pylock {
  return {
    lockVersion: '1.0',
    createdBy: 'vivarium',
    environments: [environmentMarker(environment)],
    extras: [],
    dependencyGroups: [],
    defaultGroups: [],
    packages: packages.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** @throws VivariumError `RESOLVER_NOT_SUPPORTED` for a Python whose newest pip writes no reports */
function assertReports({ interpreter: { version } }: ResolutionRequest): void {
  if (isAtLeast(version, 3, 7)) return;
  throw new VivariumError(
    'RESOLVER_NOT_SUPPORTED',
    `No pip for Python ${formatVersion(version)} can resolve requirements without installing them`,
    {
      hint: 'Write the lock with a Python from 3.7 on, or use a requirements.txt in which everything is pinned and hashed.',
    },
  );
}

async function runPip(pip: Pip, request: ResolutionRequest, [command = '', ...args]: readonly string[]): Promise<void> {
  const ended = await pip.run(command, args);
  if (ended.failure === undefined) {
    for (const warning of warningsIn(ended.stderr)) request.context.warn(warning);
    return;
  }
  throw resolutionFailure('pip', ended, {
    hint: pipHint(ended.stderr, request),
    text: `${conflictIn(ended.stdout)}${ended.stderr}`,
  });
}

// The report has what pip says of versions that were withdrawn, with their names.
function warningsIn(stderr: string): readonly string[] {
  return stderr.split(/\r?\n/).flatMap((line) => {
    const warning = /^WARNING: (?!.*yanked version)(.+)$/.exec(line)?.[1];
    return warning === undefined ? [] : [redact(warning)];
  });
}

// pip says the reasons of a conflict on standard output, as it says what it collects.
function conflictIn(stdout: string): string {
  const start = stdout.search(/^The conflict is caused by:$/m);
  if (start === -1) return '';
  const end = stdout.search(/^To fix this you could try to:$/m);
  return `${stdout.slice(start, end === -1 ? undefined : end).trim()}\n`;
}

function pipHint(stderr: string, { allowBuild, interpreter }: ResolutionRequest): string {
  const settings = `pip uses its own index, proxy and certificate settings: see \`${interpreter.systemExecutable} -m pip config list\`.`;
  if (allowBuild || !/No matching distribution|no matching distributions/i.test(stderr)) return settings;
  return `Only wheels were looked for; a package that has none can be built with --allow-build. ${settings}`;
}

function assertWheels({ install }: PipReport): void {
  for (const { metadata, download_info: info } of install) {
    const isWheel = info.archive_info !== undefined && /\.whl$/i.test(new URL(info.url).pathname);
    if (!isWheel) throw buildNotAllowed(`${metadata.name} ${metadata.version}`, '--requirements');
  }
}

interface Fetching {
  readonly pip: Pip;
  readonly request: ResolutionRequest;
  readonly directory: string;
  /** With what a lock must not say. */
  readonly url: string;
}

/** The entry with a hash of its file. Where neither the index nor pip has computed one, the file is fetched for it. */
async function withHashes(locked: LockedPackage, fetching: Fetching): Promise<LockedPackage> {
  const { source } = locked;
  if (source.kind !== 'files' && source.kind !== 'archive') return locked;
  const file = source.kind === 'files' ? (source.wheels[0] ?? source.sdist) : source;
  if (file === undefined || Object.keys(file.hashes).some((name) => /^sha(?:256|384|512)$/.test(name))) return locked;
  const path = file.path ?? (await fetchFile(fetching));
  const bytes = readFileSync(path);
  const known = { size: bytes.length, hashes: { ...file.hashes, sha256: sha256(bytes) } };
  if (source.kind === 'archive') return { ...locked, source: { ...source, ...known } };
  const complete = (one: LockedFile): LockedFile => ({ ...one, ...known });
  return {
    ...locked,
    source: { ...source, wheels: source.wheels.map(complete), ...(source.sdist && { sdist: complete(source.sdist) }) },
  };
}

async function fetchFile({ pip, request, directory, url }: Fetching): Promise<string> {
  const target = mkdtempSync(join(directory, 'file-'));
  await runPip(pip, request, ['download', '--no-deps', '--dest', target, url]);
  const [file] = readdirSync(target);
  if (file === undefined) throw new VivariumError('RESOLUTION_FAILED', `pip could not fetch ${redact(url)}`);
  return join(target, file);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
