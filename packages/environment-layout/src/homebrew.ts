/**
 * Whether a prefix is of a Python that Homebrew installed, below `/usr/local` (Intel) or `/opt/homebrew` (Apple silicon):
 * by the stable name in `opt` or by the version in `Cellar`, which may carry a revision (`3.12.4_1`).
 */
export function isHomebrewPrefix(prefix: string): boolean {
  return HOMEBREW.test(prefix);
}

const HOMEBREW =
  /^(?:\/usr\/local|\/opt\/homebrew)\/(?:opt\/python@3\.\d+|Cellar\/python@3\.\d+\/3\.\d+\.\d+(?:_\d+)?)\/Frameworks\/Python\.framework\/Versions\/3\.\d+\/?$/;
