/** A table of counts that a run prints at its end. */
export interface Figures {
  add(row: string, column: string, count: number): void;
  get(row: string, column: string): number;
  print(): void;
}

/** Starts a table. */
export function figures(title: string, columns: readonly string[]): Figures {
  const rows = new Map<string, Map<string, number>>();
  return {
    add(row, column, count) {
      const counts = rows.get(row) ?? new Map<string, number>();
      counts.set(column, (counts.get(column) ?? 0) + count);
      rows.set(row, counts);
    },
    get: (row, column) => rows.get(row)?.get(column) ?? 0,
    print() {
      const cells = (counts: (column: string) => number): string => columns.map((it) => pad(counts(it), it)).join(' ');
      const lines = [...rows].map(([row, counts]) => `  ${row.padEnd(WIDTH)} ${cells((it) => counts.get(it) ?? 0)}`);
      const sum = (column: string): number =>
        [...rows.values()].reduce((total, counts) => total + (counts.get(column) ?? 0), 0);
      const head = `  ${title.padEnd(WIDTH)} ${columns.map((it) => it.padStart(8)).join(' ')}`;
      process.stdout.write(`\n${[head, ...lines, `  ${'all'.padEnd(WIDTH)} ${cells(sum)}`].join('\n')}\n\n`);
    },
  };
}

const WIDTH = 34;

function pad(count: number, column: string): string {
  return String(count).padStart(Math.max(8, column.length));
}
