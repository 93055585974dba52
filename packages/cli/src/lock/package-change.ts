/** What would become of one package. */
export interface PackageChange {
  /** Normalized. */
  readonly name: string;
  readonly action: 'add' | 'change' | 'remove';
  /** The version that is there; missing where none is. */
  readonly from?: string;
  /** The version that there is to be; missing where none is, and where only building it would tell. */
  readonly to?: string;
}

/** The order of changes. */
export function byName(a: PackageChange, b: PackageChange): number {
  return a.name < b.name ? -1 : 1;
}

const SIGNS: Readonly<Record<PackageChange['action'], string>> = { add: '+', change: '~', remove: '-' };

/** `+ six 1.17.0`, `~ six 1.16.0 -> 1.17.0`, `- six 1.16.0`. */
export function changeLine({ name, action, from, to }: PackageChange): string {
  const versions = [from, action === 'change' ? (to ?? 'what is built') : to].filter((one) => one !== undefined);
  return [SIGNS[action], name, versions.join(' -> ')].join(' ').trim();
}
