/**
 * Whether a text is the name of a project: letters, digits, `-`, `_` and `.` of ASCII, with a letter or digit at both
 * ends (name format of the core metadata).
 */
export function isValidName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name);
}

/**
 * The name by which two spellings of a project are compared (PEP 503): lower case, and one `-` for each run of `-`, `_`
 * and `.`. It does not check whether the text is a name at all; {@link isValidName} does.
 */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** Whether a text is a valid name and is its own normalized form. */
export function isNormalizedName(name: string): boolean {
  return isValidName(name) && normalizeName(name) === name;
}
