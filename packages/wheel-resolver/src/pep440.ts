/**
 * The library of versions and ranges (PEP 440). A call and no import: it is bundled, and it is run only when something is
 * compared, which most runs never do.
 */
export function pep440(): typeof import('@renovatebot/pep440') {
  return require('@renovatebot/pep440');
}
