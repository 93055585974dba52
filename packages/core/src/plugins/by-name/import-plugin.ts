import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { messageOf, systemCode, VivariumError } from '../../error.ts';
import { type Declaration, notAPlugin } from './declarations.ts';
import type { InstalledPackage, Manifest } from './find-package.ts';
import { importUrl } from './import-url.ts';
import { plugNPlayFor } from './plug-n-play.ts';

/** What is to be imported, and how it is spoken of. */
export interface ModuleRequest {
  /** Absolute. */
  readonly file: string;
  /** `The activator \`elvish\` of vivarium-activator-elvish@1.0.0`; a file of the user's own is itself. */
  readonly label: string;
  readonly manifest?: Manifest;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The file of a declared plugin, by the rules of Node's `import`.
 *
 * @throws VivariumError `PLUGIN_INVALID` when the package has no such entry
 */
export async function fileOf(found: InstalledPackage, { entry }: Declaration): Promise<string> {
  const specifier = `${found.name}${entry.slice(1)}`;
  const plugNPlay = plugNPlayFor(found.root);
  let file: string | null;
  try {
    if (plugNPlay === undefined) {
      const { resolve } = await import('import-meta-resolve');
      file = fileURLToPath(resolve(specifier, pathToFileURL(join(found.root, 'here.js')).href));
    } else {
      const conditions = new Set(['node', 'import', 'default']);
      file = plugNPlay.resolveRequest(specifier, join(found.root, '/'), { conditions });
    }
  } catch (error) {
    throw notAPlugin(found, `it has no entry \`${entry}\` that can be imported (${messageOf(error)})`);
  }
  if (file === null || !existsSync(file)) {
    throw notAPlugin(found, `the file of its entry \`${entry}\` is not there: ${file} (has it been built?)`);
  }
  return file;
}

/**
 * Imports a module, for at most the time that a plugin has (`VIVARIUM_PLUGIN_TIMEOUT` in seconds, 10 by default).
 *
 * @throws VivariumError `PLUGIN_LOAD_FAILED` with the plugin, the file and the cause
 */
export async function importModule(request: ModuleRequest): Promise<Readonly<Record<string, unknown>>> {
  const milliseconds = timeLimit(request.env);
  let timer: NodeJS.Timeout | undefined;
  // The timer also keeps the process alive: a module that awaits what never comes would otherwise end it silently.
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate()), milliseconds);
  });
  try {
    return await Promise.race([importUrl(pathToFileURL(request.file).href), tooLate]);
  } catch (error) {
    throw error instanceof TooLate ? hangs(request, milliseconds) : threw(request, error);
  } finally {
    clearTimeout(timer);
  }
}

class TooLate extends Error {}

function timeLimit(env: ModuleRequest['env']): number {
  const seconds = Number(env.VIVARIUM_PLUGIN_TIMEOUT || 10);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 10_000;
}

function hangs({ label, file }: ModuleRequest, milliseconds: number): VivariumError {
  return new VivariumError('PLUGIN_LOAD_FAILED', `${label} did not load within ${milliseconds / 1000} s: ${file}`, {
    hint: 'It waits for something that does not come. If it only is slow, set VIVARIUM_PLUGIN_TIMEOUT to more seconds.',
  });
}

function threw(request: ModuleRequest, cause: unknown): VivariumError {
  const { label, file, manifest } = request;
  const missing = missingPackage(cause);
  const place = cause instanceof SyntaxError ? syntaxErrorPlace(cause) : undefined;
  const what =
    missing === undefined
      ? `could not be loaded from ${place ?? file}: ${nameOf(cause)}${messageOf(cause)}`
      : `could not be loaded from ${file}, because it needs the package \`${missing}\`, which is not installed next to it`;
  return new VivariumError('PLUGIN_LOAD_FAILED', `${label} ${what}`, {
    cause,
    hint:
      missing === undefined
        ? 'This is a mistake in the plugin; --with-traceback shows where.'
        : remedy(missing, manifest),
  });
}

/** The package that an import or `require` of the plugin's own did not find. */
function missingPackage(error: unknown): string | undefined {
  if (systemCode(error) !== 'ERR_MODULE_NOT_FOUND' && systemCode(error) !== 'MODULE_NOT_FOUND') return undefined;
  const [, specifier] = /^Cannot find (?:package|module) '([^']+)'/.exec(messageOf(error)) ?? [];
  if (specifier === undefined || /^(\.|\/|file:|[A-Za-z]:)/.test(specifier)) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function remedy(missing: string, manifest: Manifest = {}): string {
  const isPeer = Object.hasOwn(Object(manifest.peerDependencies), missing);
  if (isPeer) return `It expects \`${missing}\` next to it (a peer dependency): install that too.`;
  const isOwn = Object.hasOwn(Object(manifest.dependencies), missing);
  return isOwn
    ? 'Its installation is not complete: install the plugin again.'
    : `Its package.json does not name \`${missing}\`, which is a mistake in the plugin.`;
}

// Only the first line of the stack of such an error says where it is.
function syntaxErrorPlace(error: SyntaxError): string | undefined {
  const [first = ''] = (error.stack ?? '').split('\n');
  return /^(file:|\/|[A-Za-z]:).*:\d+$/.test(first) ? first : undefined;
}

function nameOf(cause: unknown): string {
  return cause instanceof Error && cause.name !== 'Error' ? `${cause.name}: ` : '';
}
