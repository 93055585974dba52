import { normalizeName } from '../normalize-name.ts';

/** What the name of a wheel's file says (binary distribution format, "File name convention"). */
export interface WheelFileName {
  /** Normalised as PEP 503 has it. */
  readonly name: string;
  /** As it is written; it need not be one that PEP 440 knows. */
  readonly version: string;
  readonly pythonTags: readonly string[];
  readonly abiTags: readonly string[];
  readonly platformTags: readonly string[];
}

/** Takes the name of a wheel's file apart; anything that isn't one gives `undefined`. */
export function parseWheelFileName(file: string): WheelFileName | undefined {
  if (!file.endsWith('.whl')) return undefined;
  const parts = file.slice(0, -'.whl'.length).split('-');
  const [name, version] = parts;
  const [python, abi, platform] = parts.slice(-3);
  if (parts.length < 5 || parts.length > 6 || !name || !version || !python || !abi || !platform) return undefined;
  return {
    name: normalizeName(name),
    // PEP 440 allows what a file name can't hold: `1.0-1` is written `1.0_1`.
    version: version.replaceAll('_', '-'),
    pythonTags: python.split('.'),
    abiTags: abi.split('.'),
    platformTags: platform.split('.'),
  };
}
