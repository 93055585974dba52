import type { MacosFacts, MinorVersion } from './facts.ts';

/**
 * The platform tags of macOS, best first: of each version down to 10.4 (10.0 on ARM and PowerPC, where no limit is
 * needed), the machine's own and the universal builds that contain it. From 11 on minor versions do not count, and 10.16
 * is what 11 calls itself to old programs.
 */
export function macosTags({ version: [major, minor], machine }: MacosFacts): readonly string[] {
  if (major === 10) return countDown(minor, 0).flatMap((older) => tagsFor([10, older], formatsOf(machine, older)));
  const recent = countDown(major, 11).flatMap((older) => tagsFor([older, 0], formatsOf(machine)));
  // What was built for an Intel machine before 11 runs there; elsewhere only what contains both machines may.
  const before = countDown(16, 4).flatMap((older) =>
    tagsFor([10, older], machine === 'x86_64' ? formatsOf(machine, older) : ['universal2']),
  );
  return [...recent, ...before];
}

function tagsFor([major, minor]: MinorVersion, formats: readonly string[]): readonly string[] {
  return formats.map((format) => `macosx_${major}_${minor}_${format}`);
}

interface Formats {
  readonly names: readonly string[];
  /** The oldest and the newest minor version of 10 that the machine has, where there is such a limit. */
  readonly oldest?: number;
  readonly newest?: number;
}

const FORMATS: Readonly<Record<MacosFacts['machine'], Formats>> = {
  x86_64: { names: ['x86_64', 'intel', 'fat64', 'fat3', 'universal2', 'universal'], oldest: 4 },
  i386: { names: ['i386', 'intel', 'fat3', 'fat', 'universal'], oldest: 4 },
  ppc64: { names: ['ppc64', 'fat64', 'universal'], oldest: 4, newest: 5 },
  ppc: { names: ['ppc', 'fat3', 'fat', 'universal'], newest: 6 },
  arm64: { names: ['arm64', 'universal2'] },
};

/** The names of builds that contain a machine, for a minor version of 10, or for 11 and later. */
function formatsOf(machine: MacosFacts['machine'], minor = Number.POSITIVE_INFINITY): readonly string[] {
  const { names, oldest = 0, newest = Number.POSITIVE_INFINITY } = FORMATS[machine];
  return minor >= oldest && minor <= newest ? names : [];
}

function countDown(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => from - index);
}
