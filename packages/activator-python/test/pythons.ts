import { anyPython, INSTALLED_PYTHONS, type InstalledPython } from '@vivarium/test-utils/pythons';

/** A Python on this machine. */
export interface Python {
  /** Its version and where it comes from, for the titles of tests. */
  readonly name: string;
  readonly executable: string;
  readonly major: number;
  /** `lib/python3.12/site-packages` */
  readonly library: string;
}

/** Those of this machine, Python 2.7 among them, oldest first. */
export const pythons: readonly Python[] = INSTALLED_PYTHONS.map(describePython);

/** Python 2.7, the oldest and the newest Python 3: for what rests on the language's grammar alone. */
export const extremes: readonly Python[] = pythons.filter(
  ({ major }, index) => major !== pythons[index - 1]?.major || index === pythons.length - 1,
);

/** The one for checks that no version can make a difference to. */
export const newest: Python = describePython(anyPython());

function describePython({ name, executable, version }: InstalledPython): Python {
  const [major, minor] = version;
  return {
    name: name === 'system' ? `${version.join('.')} of the system` : name,
    executable,
    major,
    library: `lib/python${major}.${minor}/site-packages`,
  };
}
