/** How one implementation of Python calls itself, and how it is asked for and found. */
export interface Implementation {
  /** The name that its documentation uses; what {@link Interpreter.implementation} has. */
  readonly name: string;
  /** Other words that name it with `-p` or in `sys.implementation.name`, in lower case; its id is one already. */
  readonly aliases: readonly string[];
  /** How its executables begin, without the version: `pypy` of `pypy3.10`. Empty where they are not looked for. */
  readonly executables: readonly string[];
  /** The executables below `bin` of its installations, the most usual first; on Windows they are in other places. */
  readonly commands: readonly string[];
  /** How long it may take to start, in seconds, where that is more than usual. */
  readonly startSeconds?: number;
}

/**
 * Every implementation that is known by name, under the word that specs and comparisons use (`sys.implementation.name`
 * in lower case). Whatever goes by the names of implementations is derived from this table.
 */
export const implementations = {
  cpython: { name: 'CPython', aliases: ['cp'], executables: ['python', 'pythonw'], commands: ['python3', 'python'] },
  pypy: { name: 'PyPy', aliases: ['pp'], executables: ['pypy', 'pypyw'], commands: ['pypy3', 'pypy'] },
  graalpy: {
    name: 'GraalPy',
    aliases: ['graalpython', 'graalvm'],
    executables: ['graalpy'],
    commands: ['graalpy'],
    // On a Java virtual machine, and not as a native image, it takes 10 to 35 seconds.
    startSeconds: 60,
  },
  rustpython: { name: 'RustPython', aliases: [], executables: ['rustpython'], commands: ['rustpython'] },
  ironpython: { name: 'IronPython', aliases: [], executables: [], commands: [] },
  jython: { name: 'Jython', aliases: [], executables: [], commands: [] },
  pyston: { name: 'Pyston', aliases: [], executables: [], commands: [] },
} as const satisfies Readonly<Record<string, Implementation>>;

/** The word that an implementation is compared by. */
export type ImplementationId = keyof typeof implementations;

/** Each implementation with its id. */
export const implementationEntries = Object.entries(implementations) as readonly (readonly [
  ImplementationId,
  Implementation,
])[];

/** The implementation that a word names, in any case: `cp`, `CPython`, `graalvm`. */
export function findImplementation(word: string): ImplementationId | undefined {
  const lower = word.toLowerCase();
  return implementationEntries.find(([id, { aliases }]) => id === lower || aliases.includes(lower))?.[0];
}
