import { type Context, VivariumError } from '@vivarium/core/plugin';
import { buildName, type Manifest, type ManifestBuild } from '../manifest/manifest.ts';
import type { ManagedSettings } from '../options.ts';
import { ADVICE, type Advice, FetchFailure } from './fetch-failure.ts';
import { fetchFile } from './fetch-file.ts';
import type { Patience } from './http.ts';
import { readMirror } from './mirror.ts';
import { withoutCredentials } from './proxy.ts';
import { takeFromDirectory } from './take-from-directory.ts';

/** An archive to fetch. */
export interface ArchiveRequest {
  readonly build: ManifestBuild;
  readonly manifest: Pick<Manifest, 'mirrors'>;
  readonly settings: Pick<ManagedSettings, 'pythonMirror'>;
  /** The file that it is written to; a beginning of it that is there is taken up. */
  readonly target: string;
  readonly context: Context;
  readonly patience?: Patience | undefined;
}

/**
 * Fetches an archive from the first mirror that has it: those that the user names, else those of the manifest. Which host
 * it comes from does not matter, since its hash decides.
 *
 * @returns where it came from, without credentials
 * @throws VivariumError `PYTHON_DOWNLOAD_FAILED`, with the reason of every mirror; the system's error where the archive
 * can't be written
 */
export async function fetchArchive(request: ArchiveRequest): Promise<string> {
  const { build, manifest, settings, context } = request;
  const mirrors = settings.pythonMirror ?? manifest.mirrors;
  const failures: string[] = [];
  const advice = new Set<Advice>();
  for (const text of mirrors) {
    try {
      return await fetchFrom(text, request);
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof FetchFailure)) throw error;
      failures.push(`  ${shown(text)}: ${error.message}`);
      context.debug(`${shown(text)}: ${error.message}`);
      if (error.advice !== undefined) advice.add(error.advice);
    }
  }
  if (mirrors.length === 0) failures.push('  there is no mirror to fetch it from');
  throw new VivariumError(
    'PYTHON_DOWNLOAD_FAILED',
    [`${buildName(build)} could not be fetched`, ...failures].join('\n'),
    {
      hint:
        [...advice].map((each) => ADVICE[each]).join('\n') ||
        'Name another mirror, or a directory of archives, with --python-mirror.',
      ...(settings.pythonMirror === undefined ? {} : { source: '--python-mirror' }),
    },
  );
}

async function fetchFrom(text: string, request: ArchiveRequest): Promise<string> {
  const { build, target, context, patience } = request;
  const python = buildName(build);
  const onProgress = (done: number, total: number | undefined): void =>
    context.emit?.({ type: 'python', phase: 'download', python, done, ...(total === undefined ? {} : { total }) });
  const mirror = readMirror(text, context.cwd);
  if ('directory' in mirror) {
    return takeFromDirectory(mirror.directory, build, { target, signal: context.signal, onProgress });
  }
  const url = new URL(build.path, mirror.url);
  await fetchFile({ url, target, expected: build, context, patience, onProgress });
  return withoutCredentials(url);
}

function shown(mirror: string): string {
  return URL.canParse(mirror) ? withoutCredentials(new URL(mirror)) : mirror;
}
