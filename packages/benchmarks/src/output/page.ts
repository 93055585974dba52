import type { Report } from './report.ts';
import { headOf, tableOf } from './table.ts';

/** The figures as a page of the documentation. */
export function pageOf(report: Report): string {
  return `# Benchmarks

Made by \`npm run bench -- --write\`. Whole processes, started again each time, the contenders of a case one after the
other in each round. A figure is the median (in brackets the middle half of the rounds); × says how many times the
figure of the first line of its group it is, round by round, with the spread of that. CPU is user and system time of
the process and those it waited for.

${headOf(report).split('\n').join('  \n')}

${report.cases.map(tableOf).join('\n\n')}
`;
}
