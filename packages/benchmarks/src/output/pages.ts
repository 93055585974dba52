import { chartOf } from './chart.ts';
import { comparisonOf } from './comparison.ts';
import { goalsOf } from './goals.ts';
import { pageOf } from './page.ts';
import { withRegion } from './region.ts';
import type { Report } from './report.ts';
import { figuresOf } from './table.ts';

/** What shows figures besides the page that has them all: parts of pages, by the page and the name of the part. */
const PARTS: Readonly<Record<string, Readonly<Record<string, (report: Report) => string>>>> = {
  'README.md': { comparison: comparisonOf },
  'docs/performance.md': {
    goals: goalsOf,
    counts: caseOf('counts'),
    imports: caseOf('imports'),
    'lock-django': caseOf('lock-django'),
    'lock-jupyterlab': caseOf('lock-jupyterlab'),
    'file-operations': caseOf('file-operations'),
    'file-systems': caseOf('file-systems'),
  },
  'docs/bundling.md': { 'event-loop': caseOf('event-loop') },
  'docs/list-and-remove.md': { existing: caseOf('existing') },
  'docs/run-and-env.md': { run: caseOf('run') },
};

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
    ...partsOf(report, read),
  ]);
}

/** The pages of which figures are a part. */
export function partsOf(report: Report, read: (path: string) => string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(PARTS).map(([path, parts]) => [
      path,
      Object.entries(parts).reduce((page, [name, content]) => withRegion(page, name, content(report)), read(path)),
    ]),
  );
}

/** A case that was not measured says so on the page. */
function caseOf(name: string): (report: Report) => string {
  return ({ cases }) => {
    const found = cases.find((it) => it.name === name);
    return found === undefined || found.rows.length === 0 ? 'Not measured.' : figuresOf(found);
  };
}
