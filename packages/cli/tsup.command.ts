import { basename, join } from 'node:path';
import { type GetManualChunk, rollup } from 'rollup';

/** Parts that are imported on demand and yet are needed whenever an environment is created. */
const WARM = /^(?:command|create|activators|creators|discoverers|seeders)(?:-[0-9A-Z]{8})?\.js$/;

/**
 * Merges those parts of the command that every environment needs into one file, which Node starts with the least work
 * (`docs/performance.md`). The others stay files of their own, loaded when a run comes to them. All are CommonJS, since
 * on Node 20 compiled code can be kept of nothing else.
 */
export async function mergeWarmParts({
  parts,
  directory,
}: {
  readonly parts: string;
  readonly directory: string;
}): Promise<void> {
  const bundle = await rollup({
    input: { command: join(parts, 'command.js'), index: join(parts, 'index.js') },
    external: (id) => (!id.startsWith('.') && !id.startsWith('/')) || id.endsWith('/import-url.cjs'),
    makeAbsoluteExternalsRelative: false,
    preserveEntrySignatures: 'allow-extension',
  });
  await bundle.write({
    dir: directory,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    manualChunks: warmTogether(),
    // Code out of V8's cache can't use `import()`; what really is to be imported is imported by `import-url.cjs`.
    dynamicImportInCjs: false,
    esModule: false,
    externalLiveBindings: false,
    freeze: false,
    generatedCode: { preset: 'es2015' },
    banner: OWN_LOCATION,
  });
  await bundle.close();
}

function warmTogether(): GetManualChunk {
  let warm: ReadonlySet<string> | undefined;
  return (id, { getModuleIds, getModuleInfo }) => {
    warm ??= reachable([...getModuleIds()].filter((part) => WARM.test(basename(part))));
    return warm.has(id) ? 'command' : undefined;

    function reachable(start: readonly string[]): ReadonlySet<string> {
      const found = new Set<string>();
      const todo = [...start];
      for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
        if (found.has(part)) continue;
        found.add(part);
        todo.push(...(getModuleInfo(part)?.importedIds ?? []));
      }
      return found;
    }
  };
}

// A bundler may put all of this into a file of a program that does not know where it is.
const OWN_LOCATION =
  "const ownLocation = { get url() { return typeof __dirname === 'string' ? require('node:url').pathToFileURL(require('node:path').join(__dirname, 'command.cjs')).href : undefined; } };";
