import {
  compareVersions,
  formatVersion,
  normalizeName,
  ParseError,
  parseVersion,
  parseWheelFileName,
} from '@vivarium/packaging';
import type { LockedPackage } from '../lock.ts';
import { invalid, type Node } from './node.ts';

/** Checks that the names of all files of a package, needed or not, are those of its name and version. */
export function checkFileNames(node: Node, { name, version, source }: LockedPackage): void {
  if (source.kind !== 'files') return;
  for (const [index, { name: file }] of source.wheels.entries()) {
    checkWheel({ ...node, path: [...node.path, 'wheels', index] }, file, { name, version });
  }
  if (source.sdist !== undefined) {
    checkSdist({ ...node, path: [...node.path, 'sdist'] }, source.sdist.name, { name, version });
  }
}

interface Identity {
  readonly name: string;
  readonly version: string | undefined;
}

function checkWheel(node: Node, file: string, { name, version }: Identity): void {
  try {
    const wheel = parseWheelFileName(file);
    if (wheel.name !== name) throw invalid(node, `${file} is a wheel of ${wheel.name}, not of ${name}`);
    if (version !== undefined && compareVersions(wheel.version, parseVersion(version)) !== 0) {
      throw invalid(node, `${file} is a wheel of version ${formatVersion(wheel.version)}, not of ${version}`);
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw invalid(node, `not the name of a wheel: ${error.message}`, error);
  }
}

// Names of old source distributions can be divided at several places, so that the one is looked for that fits.
function checkSdist(node: Node, file: string, { name, version }: Identity): void {
  const stem = file.replace(/\.(?:tar\.gz|tar\.bz2|tar\.xz|tgz|zip)$/i, '');
  if (stem === file) throw invalid(node, `${JSON.stringify(file)} is not the name of a source distribution`);
  for (let dash = stem.indexOf('-'); dash !== -1; dash = stem.indexOf('-', dash + 1)) {
    if (normalizeName(stem.slice(0, dash)) === name && isVersionOf(stem.slice(dash + 1), version)) return;
  }
  const wanted = version === undefined ? name : `${name} ${version}`;
  throw invalid(node, `${file} is not the name of a source distribution of ${wanted}`);
}

function isVersionOf(text: string, version: string | undefined): boolean {
  try {
    const found = parseVersion(text);
    return version === undefined || compareVersions(found, parseVersion(version)) === 0;
  } catch {
    return false;
  }
}
