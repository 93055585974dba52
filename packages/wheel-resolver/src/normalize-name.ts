/** A distribution's name as PEP 503 compares it: lower case, with `-` for every run of `-`, `_` and `.`. */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
