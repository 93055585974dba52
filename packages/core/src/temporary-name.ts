/**
 * A name that no other process and no other call uses, for what is renamed to its real name when it is finished. It can
 * be guessed: use it only in directories that no other user writes to, or make what it names exclusively.
 */
export function temporaryName(): string {
  count += 1;
  return `${process.pid}-${process.hrtime.bigint().toString(36)}${Math.random().toString(36).slice(2, 8)}-${count}`;
}

let count = 0;
