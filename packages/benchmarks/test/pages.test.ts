import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { comparisonOf } from '../src/output/comparison.ts';
import { goalsOf } from '../src/output/goals.ts';
import { partsOf } from '../src/output/pages.ts';
import { withRegion } from '../src/output/region.ts';
import type { Report } from '../src/output/report.ts';
import { tableOf } from '../src/output/table.ts';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const report: Report = JSON.parse(read('docs/benchmarks.json'));

// `npm run bench -- --pages` writes them.
test('no figure of a page is another than that of docs/benchmarks.json', () => {
  const pages = partsOf(report, read);
  expect([...pages.keys()].filter((path) => pages.get(path) !== read(path))).toEqual([]);
  const benchmarks = read('docs/benchmarks.md');
  for (const each of report.cases) expect(benchmarks).toContain(tableOf(each));
});

test('a goal that is missed is not called reached, and what is missing is not measured', () => {
  const figure = (median: number) => ({ median, low: median, high: median });
  const small = {
    ...report,
    cases: [
      {
        name: 'seeded',
        title: '',
        measures: ['wall'],
        rows: [
          { name: 'vivarium create', rounds: 1, figures: { wall: figure(10) }, samples: {} },
          { name: 'virtualenv', rounds: 1, figures: { wall: { ...figure(59), ratio: figure(5.9) } }, samples: {} },
          { name: 'python -m venv', rounds: 1, figures: { wall: { ...figure(400), ratio: figure(40) } }, samples: {} },
        ],
      },
    ],
  } satisfies Report;
  const goals = goalsOf(small);
  expect(goals).toContain('| with pip | 6 × as fast as `virtualenv` | 5.9 × as fast | **no** |');
  expect(goals).toContain('| with pip | 40 × as fast as `python -m venv` | 40 × as fast | yes |');
  expect(goals).toContain('| with pip | faster than `uv venv --seed` | not measured | |');
  expect(comparisonOf(small)).toContain('| time with pip, warm | 1 × | 5.9 × | 40 × | – |');
});

test('a page without the part that figures belong into is an error', () => {
  expect(() => withRegion('# Page\n', 'goals', '')).toThrow('no part goals');
});
