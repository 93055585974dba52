import { chartOf } from './chart.ts';
import { comparisonOf } from './comparison.ts';
import { goalsOf } from './goals.ts';
import { pageOf } from './page.ts';
import { withRegion } from './region.ts';
import type { Report } from './report.ts';

/**
 * Every file with figures in it, by its path from the root of the repository, as the report has them. None of these
 * figures is written by hand.
 *
 * @param read the present text of a page of which figures are a part
 */
export function pagesOf(report: Report, read: (path: string) => string): ReadonlyMap<string, string> {
  return new Map([
    ['docs/benchmarks.md', pageOf(report)],
    ['docs/benchmarks.svg', chartOf(report)],
    ['README.md', withRegion(read('README.md'), 'comparison', comparisonOf(report))],
    ['docs/performance.md', withRegion(read('docs/performance.md'), 'goals', goalsOf(report))],
  ]);
}
