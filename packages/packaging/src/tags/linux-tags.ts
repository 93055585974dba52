import type { LinuxFacts, MinorVersion } from './facts.ts';

/**
 * The platform tags of Linux, best first: the plain one, which promises nothing but this system, and those of the C
 * library down to the oldest that the machine has wheels for (PEP 600 and its forerunners, PEP 656).
 */
export function linuxTags(facts: LinuxFacts): readonly string[] {
  const machines = machinesOf(facts);
  const plain = machines.map((machine) => `linux_${machine}`);
  return [...plain, ...manylinuxTags(facts, machines), ...musllinuxTags(facts, machines)];
}

// A 32-bit interpreter is of the 32-bit machine that its 64-bit system can be.
function machinesOf({ machine, bits = 64 }: LinuxFacts): readonly string[] {
  const own = bits === 32 ? ({ x86_64: 'i686', aarch64: 'armv8l' }[machine] ?? machine) : machine;
  return own === 'armv8l' ? ['armv8l', 'armv7l'] : [own];
}

/** The oldest glibc that wheels are built for, and the machines that there is a manylinux for. */
const OLDEST_GLIBC: Readonly<Record<string, number | undefined>> = {
  x86_64: 5,
  i686: 5,
  aarch64: 17,
  armv7l: 17,
  ppc64: 17,
  ppc64le: 17,
  s390x: 17,
  loongarch64: 17,
  riscv64: 17,
};

/** The older names, each of which means the same as a version of glibc. */
const OLD_NAMES: Readonly<Record<number, string | undefined>> = {
  17: 'manylinux2014',
  12: 'manylinux2010',
  5: 'manylinux1',
};

function manylinuxTags({ libc, isHardFloat = true }: LinuxFacts, machines: readonly string[]): readonly string[] {
  if (libc?.name !== 'glibc' || libc.version[0] !== 2) return [];
  if (machines.includes('armv7l') && !isHardFloat) return [];
  const oldest = machines.flatMap((machine) => OLDEST_GLIBC[machine] ?? []);
  const [first] = oldest;
  if (first === undefined) return [];
  return machines.flatMap((machine) => glibcTags(machine, libc.version, first));
}

function glibcTags(machine: string, [, newest]: MinorVersion, oldest: number): readonly string[] {
  const tags: string[] = [];
  for (let minor = newest; minor >= oldest; minor -= 1) {
    tags.push(`manylinux_2_${minor}_${machine}`);
    const old = OLD_NAMES[minor];
    if (old !== undefined) tags.push(`${old}_${machine}`);
  }
  return tags;
}

function musllinuxTags({ libc }: LinuxFacts, machines: readonly string[]): readonly string[] {
  if (libc?.name !== 'musl') return [];
  const [major, newest] = libc.version;
  return machines.flatMap((machine) => {
    const tags: string[] = [];
    for (let minor = newest; minor >= 0; minor -= 1) tags.push(`musllinux_${major}_${minor}_${machine}`);
    return tags;
  });
}
