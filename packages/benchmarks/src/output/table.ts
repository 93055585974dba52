import { type Measure, UNITS } from '../measure/sample.ts';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import type { CaseReport, Figure, Report, Row } from './report.ts';

const HEADINGS: Readonly<Record<Measure, string>> = {
  wall: 'wall',
  cpu: 'CPU',
  behind: 'CPU behind',
  held: 'event loop held',
  memory: 'memory',
  disk: 'disk',
  calls: 'system calls',
  fileCalls: 'of these on files',
  processes: 'processes started',
  parts: 'files of code loaded',
};

/** A case as a Markdown table with its title, which is as readable on a terminal. */
export function tableOf(report: CaseReport): string {
  return `## ${report.title}\n\n${figuresOf(report)}`;
}

/** The same without the title. */
export function figuresOf({ measures, rows }: Pick<CaseReport, 'measures' | 'rows'>): string {
  const shown = measures.filter((measure) => measure !== 'behind' || rows.some((row) => worthTelling(row)));
  const heading = [
    '',
    ...shown.flatMap((measure) => [unitOf(measure), ...(measure === 'behind' ? [] : ['×'])]),
    'rounds',
  ];
  const lines = [heading, ...linesOf(rows, shown)];
  const widths = heading.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const drawn = lines.map((line) => `| ${line.map((cell, at) => pad(cell, at, widths[at] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const failures = rows.flatMap(({ name, failure }) => (failure ? [`${name}: ${failure.split('\n').join(' ')}`] : []));
  return [drawn[0], rule, ...drawn.slice(1), ...failures.flatMap((line) => ['', line])].join('\n');
}

function linesOf(rows: readonly Row[], measures: readonly Measure[]): string[][] {
  let group: string | undefined;
  return rows.flatMap((row) => {
    const cells = measures.flatMap((measure) => cellsOf(row.figures[measure], measure));
    const line = [row.name, ...cells, String(row.rounds)];
    const isNew = row.group !== group && row.group !== undefined && !row.name.includes(row.group);
    group = row.group;
    return isNew ? [[`**${row.group}**`, ...cells.map(() => ''), ''], line] : [line];
  });
}

function cellsOf(figure: Figure | undefined, measure: Measure): string[] {
  const isBehind = measure === 'behind';
  if (figure === undefined) return isBehind ? ['–'] : ['–', ''];
  const { median, low, high, ratio } = figure;
  const spread = spreadText({ median, low, high }, short);
  if (isBehind) return [spread];
  return [spread, ratio === undefined ? '1' : spreadText(ratio, times)];
}

// A thread that ends late is no work in the background.
function worthTelling({ figures }: Row): boolean {
  return (figures.behind?.median ?? 0) > 1;
}

function unitOf(measure: Measure): string {
  return UNITS[measure] === '' ? HEADINGS[measure] : `${HEADINGS[measure]}, ${UNITS[measure]}`;
}

function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '');
}

function spreadText({ median, low, high }: Spread, text: (value: number) => string): string {
  return low === high ? text(median) : `${text(median)} (${text(low)} … ${text(high)})`;
}

function times(value: number): string {
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function pad(cell: string, column: number, width: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function startOf(taken: readonly number[]): string {
  return spreadOf(taken).median.toFixed(1);
}

/** What is above the tables. */
export function headOf({ machine, takenAt, commit, rounds, reference, missing }: Report): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.processors}, ${machine.memory}, ${machine.system}, ${machine.fileSystem}; ${versions.join(', ')}.`,
    `Taken ${takenAt.slice(0, 10)} of commit ${commit}, ${rounds} rounds, load before ${machine.loadBefore}.`,
    `node -e 0 took ${startOf(reference.before)} ms before and ${startOf(reference.after)} ms after everything else.`,
    ...Object.entries(missing).map(([name, reason]) => `Missing: ${name} (${reason}).`),
  ].join('\n');
}
