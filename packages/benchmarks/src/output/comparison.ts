import { ratioTo, timesText } from './figures.ts';
import type { Report } from './report.ts';

const ROWS = [
  {
    what: 'time without packages, warm',
    case: 'no-seed',
    contenders: ['vivarium create --no-seed', 'virtualenv --no-seed', 'venv --without-pip', 'uv venv'],
  },
  {
    what: 'time with pip, warm',
    case: 'seeded',
    contenders: ['vivarium create', 'virtualenv', 'python -m venv', 'uv venv --seed'],
  },
  {
    what: 'create, `pip --version`, install a wheel',
    case: 'ready-to-work',
    contenders: ['vivarium create', 'virtualenv', 'python -m venv', 'uv venv --seed'],
  },
] as const;

/** What the README compares, as a Markdown table with a line on where the figures come from. */
export function comparisonOf(report: Report): string {
  const rows = ROWS.map(({ what, case: name, contenders }) => {
    const cells = contenders.map((row) => timesText(ratioTo(report, { case: name, row })));
    return `| ${[what, ...cells].join(' | ')} |`;
  });
  return [
    '| | vivarium | virtualenv | `python -m venv` | `uv venv` |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `The times are ratios of whole processes on one machine, measured in one run on ${report.takenAt.slice(0, 10)}.`,
  ].join('\n');
}
