/**
 * The last month in which the Python project fixes anything in a line of CPython, by the release calendar of the Python
 * developer's guide (devguide.python.org/versions, as of November 2026).
 */
const END_OF_LIFE: Readonly<Record<string, string>> = {
  '2.7': '2020-01',
  '3.6': '2021-12',
  '3.7': '2023-06',
  '3.8': '2024-10',
  '3.9': '2025-10',
  '3.10': '2026-10',
  '3.11': '2027-10',
  '3.12': '2028-10',
  '3.13': '2029-10',
  '3.14': '2030-10',
  '3.15': '2031-10',
};

/**
 * The month in which a version got its last security fix, if that is over.
 *
 * @param minor `3.9`
 * @returns `2025-10`; `undefined` where it still gets some, or nothing is known
 */
export function endOfLife(minor: string, now: Date): string | undefined {
  const last = END_OF_LIFE[minor];
  return last !== undefined && now.toISOString().slice(0, 7) > last ? last : undefined;
}

/** The oldest minor version of CPython that gets security fixes: `3.11`. */
export function oldestSupported(now: Date): string {
  const month = now.toISOString().slice(0, 7);
  const [oldest] =
    Object.entries(END_OF_LIFE).find(([, last]) => month <= last) ?? Object.entries(END_OF_LIFE).at(-1) ?? [];
  return oldest ?? '3';
}

/** Whether a version gets no security fixes any more. */
export function isPastEndOfLife(
  { major, minor }: { readonly major: number; readonly minor: number },
  now: Date,
): boolean {
  return major < 3 || (major === 3 && minor < 6) || endOfLife(`${major}.${minor}`, now) !== undefined;
}
