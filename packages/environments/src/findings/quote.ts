/** A word of a POSIX shell: as it is where that is plain, else quoted (POSIX.1-2024, 2.2.2). */
export function quote(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
