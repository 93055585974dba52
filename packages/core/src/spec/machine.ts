// What systems and toolchains call one machine, by the name that Interpreter has for it.
const ALIASES: Readonly<Record<string, string | undefined>> = {
  amd64: 'x86_64',
  x64: 'x86_64',
  aarch64: 'arm64',
  win32: 'x86',
  i386: 'x86',
  i486: 'x86',
  i586: 'x86',
  i686: 'x86',
  powerpc: 'ppc',
  powerpc64: 'ppc64',
  powerpc64le: 'ppc64le',
  sparcv9: 'sparc64',
};

const KNOWN =
  /^(?:x86|x86_64|arm64|arm64e|arm|armv[5-8]l?|armv[67]hf|ppc|ppc64|ppc64le|s390x?|riscv(?:32|64)|loongarch64|mips(?:64)?(?:el|le)?|sparc(?:64)?|alpha|ia64|hppa|m68k|sh4|wasm32)$/;

/** One name for each machine: `amd64` → `x86_64`, `aarch64` → `arm64`; a name that isn't known is put in lower case. */
export function unifyMachine(name: string): string {
  const lower = name.toLowerCase();
  return ALIASES[lower] ?? lower;
}

/** Whether a word is the name of a machine: `dbg` in `python3.11-dbg` is none. */
export function isMachine(name: string): boolean {
  return KNOWN.test(unifyMachine(name));
}
