import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { findImplementation, unifyMachine } from '@vivarium/core/internal';
import type { Inspection } from '../inspect/inspection.ts';
import { minorOf } from '../inspect/layout.ts';
import { endOfLife, oldestSupported } from './end-of-life.ts';
import type { Found } from './finding.ts';
import { packagesVersion } from './packages-version.ts';
import { quote } from './quote.ts';

/** What is wrong with the Python that an environment is based on, where there is one. */
export function findBaseFaults(
  inspection: Inspection,
  { now, baseVersion }: { readonly now: Date; readonly baseVersion: string | undefined },
): readonly Found[] {
  const { python } = inspection;
  if (python.state !== 'ok') return [];
  const platformFaults = wrongPlatform(inspection);
  const version = versionFaults(inspection, baseVersion);
  return [
    ...platformFaults,
    ...version,
    ...(version.some(({ code }) => code === 'BASE_MISMATCH') ? [] : pastEnd(inspection, now)),
  ];
}

function versionFaults(inspection: Inspection, baseVersion: string | undefined): readonly Found[] {
  const { recorded, python, createdBy } = inspection;
  const [wanted, found] = [packagesVersion(inspection), minorOf(baseVersion)];
  const implementation = recorded.implementation ?? python.implementation;
  const isOther =
    implementation !== undefined &&
    python.implementation !== undefined &&
    findImplementation(implementation) !== findImplementation(python.implementation);
  if ((wanted !== undefined && found !== undefined && wanted !== found) || isOther) {
    const message = `${python.executable} leads to ${python.implementation ?? 'Python'} ${baseVersion ?? ''} (${python.realExecutable}), and the packages are for ${implementation ?? 'Python'} ${wanted ?? ''}`;
    return [{ code: 'BASE_MISMATCH', message: message.replaceAll(/ +/g, ' ') }];
  }
  const isWhole = (version: string | undefined): boolean => /^\d+\.\d+\.\d+$/.test(version ?? '');
  if (createdBy.tool === 'conda' || !isWhole(recorded.version) || !isWhole(baseVersion)) return [];
  if (recorded.version === baseVersion) return [];
  const message = `The base is ${baseVersion} now; pyvenv.cfg says ${recorded.version}`;
  return [{ code: 'BASE_REPLACED', message, paths: ['pyvenv.cfg'] }];
}

/** Machines that a host runs besides its own. */
const ALSO_RUNS: Readonly<Record<string, readonly string[]>> = {
  x86_64: ['x86'],
  // By Rosetta, and by the emulation of Windows.
  arm64: platform() === 'linux' ? ['arm'] : ['x86_64', 'x86'],
};

function wrongPlatform({ python }: Inspection): readonly Found[] {
  const { binary, realExecutable } = python;
  if (binary === undefined) return [];
  const host = unifyMachine(arch());
  const { machine, loader } = binary;
  const isOther = machine !== undefined && machine !== host && !(ALSO_RUNS[host] ?? []).includes(machine);
  if (isOther) {
    return [
      { code: 'BASE_PLATFORM_MISMATCH', message: `${realExecutable} is built for ${machine}; this machine is ${host}` },
    ];
  }
  if (loader === undefined || platform() !== 'linux' || existsSync(loader)) return [];
  const message = `${realExecutable} is built for a system with ${loader}, which this one does not have`;
  return [{ code: 'BASE_PLATFORM_MISMATCH', message }];
}

function pastEnd({ python, recorded, directory }: Inspection, now: Date): readonly Found[] {
  const minor = minorOf(python.version ?? recorded.version);
  const end = minor === undefined ? undefined : endOfLife(minor, now);
  if (end === undefined) return [];
  const command = `vivarium repair ${quote(directory)} -p '>=${oldestSupported(now)}'`;
  const message = `Python ${minor} gets no security fixes since ${end}`;
  return [{ code: 'BASE_END_OF_LIFE', message, command }];
}
