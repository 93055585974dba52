import type { Measure } from '../measure/sample.ts';
import type { Figure, Report } from './report.ts';

/** Which figure: of which contender in which case. */
export interface FigureName {
  readonly case: string;
  readonly row: string;
  /** @default wall */
  readonly measure?: Measure;
}

/** A figure of the report; `undefined` where that contender could not be measured. */
export function figureOf(report: Report, { case: name, row, measure = 'wall' }: FigureName): Figure | undefined {
  const found = report.cases.find((it) => it.name === name)?.rows.find((it) => it.name === row);
  return found?.figures[measure];
}

/** How many times the first contender of its group a contender takes, at the median; 1 for the first itself. */
export function ratioTo(report: Report, name: FigureName): number | undefined {
  const figure = figureOf(report, name);
  return figure === undefined ? undefined : (figure.ratio?.median ?? 1);
}

/** `0.4 ×`, `6.5 ×`, `48 ×`: two digits, which is what the spread allows; a dash for what was not measured. */
export function timesText(ratio: number | undefined): string {
  if (ratio === undefined) return '–';
  return `${ratio >= 10 ? Math.round(ratio) : Number(ratio.toPrecision(2))} ×`;
}
