import type { ListedPython, NoPython } from '../commands/listed-python.ts';

/** One line for each Python: what it is, what it is built for, where it is, and what is to be known of it. */
export function pythonLines(pythons: readonly ListedPython[]): readonly string[] {
  const names = pythons.map(nameOf);
  const builds = pythons.map(({ machine, libc }) => [machine, libc].filter(Boolean).join(' '));
  const [nameWidth, buildWidth] = [widest(names), widest(builds)];
  return pythons.map((python, index) => {
    const link = python.linksTo === null ? '' : ` -> ${python.linksTo}`;
    const columns = [names[index]?.padEnd(nameWidth), builds[index]?.padEnd(buildWidth), `${python.executable}${link}`];
    return `${columns.join('  ')}  (${[python.source, ...remarks(python)].join(', ')})`;
  });
}

/** One line for what is not a Python, with the reason. The reason names the place. */
export function noPythonLine({ failure }: NoPython): string {
  return `not usable: ${failure.message}`;
}

// A `t` and a `d` are what one writes behind a version with -p.
function nameOf({ implementation, version, isFreeThreaded, isDebug }: ListedPython): string {
  return `${implementation} ${version}${isFreeThreaded ? 't' : ''}${isDebug ? 'd' : ''}`;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

function remarks(python: ListedPython): readonly string[] {
  return [
    ...(python.isEnvironment ? [`an environment of ${python.systemExecutable}`] : []),
    ...(python.isFreeThreaded ? ['free-threaded'] : []),
    ...(python.isDebug ? ['debug'] : []),
    ...(python.isExternallyManaged ? ['externally managed'] : []),
    ...(python.isPastEndOfLife ? ['past end of life'] : []),
  ];
}
