import { expect, test } from 'vitest';
import { chartOf } from '../src/output/chart.ts';
import type { Report } from '../src/output/report.ts';
import { tableOf } from '../src/output/table.ts';

const figure = (median: number) => ({ median, low: median * 0.9, high: median * 1.1 });

const report: Report = {
  takenAt: '2026-01-01T00:00:00.000Z',
  commit: '0123456789ab',
  rounds: 20,
  reference: { before: [40], after: [41] },
  machine: {
    processors: '2 × A & B',
    memory: '4 GiB',
    system: 'Linux',
    fileSystem: 'ext4',
    loadBefore: 0.1,
    versions: { vivarium: '1.0.0' },
  },
  missing: {},
  cases: [
    {
      name: 'seeded',
      title: 'With pip, warm',
      measures: ['wall'],
      rows: [
        { name: 'vivarium create', rounds: 20, figures: { wall: figure(50) }, samples: {} },
        { name: 'python -m venv', rounds: 5, figures: { wall: { ...figure(3000), ratio: figure(60) } }, samples: {} },
        { name: 'uv venv --seed', rounds: 0, figures: {}, samples: {}, failure: 'not here' },
      ],
    },
  ],
};

test('the chart has a bar for anyone who was measured, and its lengths are in proportion', () => {
  const svg = chartOf(report);
  const widths = [...svg.matchAll(/<rect class="\w+" [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(widths).toHaveLength(2);
  expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(60, 0);
  expect(svg).toContain('>50 ms<');
  expect(svg).toContain('>3.0 s<');
  expect(svg).toContain('2 × A &amp; B');
  expect(svg).toContain('prefers-color-scheme:dark');
});

test('the table says how many times the first the others are, and why one has no figures', () => {
  expect(tableOf(report.cases[0] as Report['cases'][0]).split('\n')).toEqual([
    '## With pip, warm',
    '',
    '|                 |           wall, ms |                  × | rounds |',
    '| --------------- | -----------------: | -----------------: | -----: |',
    '| vivarium create |       50 (45 … 55) |                  1 |     20 |',
    '| python -m venv  | 3000 (2700 … 3300) | 60.0 (54.0 … 66.0) |      5 |',
    '| uv venv --seed  |                  – |                    |      0 |',
    '',
    'uv venv --seed: not here',
  ]);
});
