import { IMAGE_FORMAT, type ImageManifest } from './image.ts';

/**
 * Reads a manifest, with every key that anything relies on; `undefined` for what is none. A power failure can leave any
 * bytes behind, and a file that is merely valid JSON would fail each later run.
 */
export function parseManifest(text: string | undefined): ImageManifest | undefined {
  if (text === undefined) return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    return isManifest(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';

const FILES = {
  directories: listOf(isText),
  files: listOf(isText),
  sizes: listOf(isNumber),
  modes: listOf(isNumber),
} as const;

// Complete, or this does not compile.
const KEYS: Readonly<Record<keyof ImageManifest, Check>> = {
  format: (value) => value === IMAGE_FORMAT,
  name: isText,
  version: isText,
  sha256: isText,
  started: isNumber,
  mtime: (value) => value === null || isNumber(value),
  digest: isText,
  tree: isText,
  trees: listOf((value) => has(value, { ...FILES, scheme: isText }) && isEven(value)),
  linked: (value) => has(value, FILES) && isEven(value),
  root: (value) => value === 'purelib' || value === 'platlib',
  distInfo: isText,
  consoleScripts: listOf((value) => has(value, { name: isText, module: isText, attribute: isText })),
  ownScripts: listOf((value) => has(value, { name: isText, body: isText })),
};

function isManifest(value: unknown): value is ImageManifest {
  return has(value, KEYS);
}

function has(value: unknown, keys: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const found = value as Readonly<Record<string, unknown>>;
  for (const key in keys) if (keys[key]?.(found[key]) !== true) return false;
  return true;
}

function isEven(value: unknown): boolean {
  const { files, sizes, modes } = value as ImageManifest['linked'];
  return sizes.length === files.length && modes.length === files.length;
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}
