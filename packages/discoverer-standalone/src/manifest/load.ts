import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Context, messageOf } from '@vivarium/core/plugin';
import { readText } from '../download/read-text.ts';
import type { ManagedSettings } from '../options.ts';
import locked from './manifest.json' with { type: 'json' };
import { invalid, type Manifest, readManifest, type WrittenManifest, withPaths } from './manifest.ts';

/**
 * The manifest that the settings name, else the one that comes with this package. Nothing is fetched unless the user has
 * named an address.
 *
 * @throws VivariumError `PYTHON_MANIFEST_INVALID`
 */
export async function loadManifest(
  { pythonManifest }: Pick<ManagedSettings, 'pythonManifest'>,
  context: Context,
): Promise<Manifest> {
  if (pythonManifest === undefined) return withPaths(locked as WrittenManifest);
  return readManifest(await textOf(pythonManifest, context), pythonManifest);
}

async function textOf(place: string, context: Context): Promise<string> {
  try {
    if (/^https?:/i.test(place)) return await readText(new URL(place), context);
    return readFileSync(/^file:/i.test(place) ? fileURLToPath(place) : resolve(context.cwd, place), 'utf8');
  } catch (error) {
    context.signal.throwIfAborted();
    throw invalid(place, messageOf(error), error);
  }
}
