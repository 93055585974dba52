import {
  compareVersions,
  formatVersion,
  normalizeName,
  ParseError,
  parseVersion,
  parseWheelFileName,
  type Version,
} from '@vivarium/packaging';
import type { LockedPackage } from '../lock.ts';
import { child, elementsOf, invalid, type Node, required } from './node.ts';

/** Checks that the names of all files of a package, needed or not, are those of its name and version. */
export function checkFileNames(node: Node, { name, version, source }: LockedPackage): void {
  if (source.kind !== 'files') return;
  const identity = { name, version: version === undefined ? undefined : parseVersion(version) };
  const wheels = child(node, 'wheels');
  for (const [index, wheel] of wheels === undefined ? [] : elementsOf(wheels).entries()) {
    checkWheel(wheel, source.wheels[index]?.name ?? '', identity);
  }
  if (source.sdist !== undefined) checkSdist(required(node, 'sdist'), source.sdist.name, identity);
}

interface Identity {
  readonly name: string;
  readonly version: Version | undefined;
}

function checkWheel(node: Node, file: string, { name, version }: Identity): void {
  try {
    const wheel = parseWheelFileName(file);
    if (wheel.name !== name) throw invalid(node, `${file} is a wheel of ${wheel.name}, not of ${name}`);
    if (version !== undefined && compareVersions(wheel.version, version) !== 0) {
      throw invalid(
        node,
        `${file} is a wheel of version ${formatVersion(wheel.version)}, not of ${formatVersion(version)}`,
      );
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
  const wanted = version === undefined ? name : `${name} ${formatVersion(version)}`;
  throw invalid(node, `${file} is not the name of a source distribution of ${wanted}`);
}

function isVersionOf(text: string, version: Version | undefined): boolean {
  try {
    const found = parseVersion(text);
    return version === undefined || compareVersions(found, version) === 0;
  } catch {
    return false;
  }
}
