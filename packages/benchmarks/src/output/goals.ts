import { LISTS, type PackageList } from '../lists/lists.ts';
import { type FigureName, figureOf, ratioTo, timesText } from './figures.ts';
import type { Report } from './report.ts';

/** Something that a benchmark is to show. */
interface Goal {
  readonly what: string;
  /** What is wanted, as the page says it. */
  readonly wanted: string;
  /** What was measured; `undefined` where a contender is missing. */
  readonly measured: (report: Report) => number | undefined;
  readonly isReached: (measured: number) => boolean;
  readonly text: (measured: number) => string;
}

/** vivarium, the first contender of the case, takes at most so many times what another one takes. */
function atMost(limit: number, what: string, other: FigureName): Goal {
  return {
    what,
    wanted: `at most ${limit} × ${code(other.row)}`,
    measured: (report) => inverse(ratioTo(report, other)),
    isReached: (measured) => measured <= limit,
    text: (measured) => `${measured.toFixed(2)} ×`,
  };
}

/** It is so many times as fast as another one. */
function fasterThan(factor: number, what: string, other: FigureName): Goal {
  return {
    what,
    wanted: factor === 1 ? `faster than ${code(other.row)}` : `${factor} × as fast as ${code(other.row)}`,
    measured: (report) => ratioTo(report, other),
    isReached: (measured) => measured >= factor,
    text: (measured) => `${timesText(measured)} as fast`,
  };
}

/** What takes no longer, as the work grows, than ten percent more. */
function flat(what: string, grown: string): Goal {
  return {
    what,
    wanted: 'at most 1.1 ×',
    measured: (report) => ratioTo(report, { case: 'growth', row: grown }),
    isReached: (measured) => measured <= 1.1,
    text: (measured) => `${measured.toFixed(2)} ×`,
  };
}

const BY_UV = 'uv venv, uv pip sync';
const BY_VENV = 'python -m venv, pip install';

/** What environments from a lock are to take, for each list that is measured. */
function fromLock({ name, title }: PackageList): readonly Goal[] {
  const warm = { case: `lock-${name}` };
  const inProcess = { ...warm, row: 'createEnvironment({ lock })' };
  return [
    atMost(0.5, `from a lock, ${title}`, { ...warm, row: BY_UV }),
    {
      what: `the same, one call in a running Node`,
      wanted: `at most 0.35 × ${code(BY_UV)}`,
      measured: (report) => quotient(ratioTo(report, inProcess), ratioTo(report, { ...warm, row: BY_UV })),
      isReached: (measured) => measured <= 0.35,
      text: (measured) => `${measured.toFixed(2)} ×`,
    },
    atMost(0.6, 'the same, ready to work', { case: `lock-${name}-ready`, row: BY_UV }),
    fasterThan(20, 'the same', { ...warm, row: BY_VENV }),
    atMost(1.5, 'the same, nothing in the cache', { case: `lock-${name}-cold`, row: BY_UV }),
    {
      what: 'the same, memory',
      wanted: 'below 150 MB',
      measured: (report) => figureOf(report, { ...warm, row: 'vivarium create --lock', measure: 'memory' })?.median,
      isReached: (measured) => measured < 150,
      text: (measured) => `${Math.round(measured)} MB`,
    },
  ];
}

const GOALS: readonly Goal[] = [
  atMost(1.45, 'no packages', { case: 'no-seed', row: 'node -e 0' }),
  fasterThan(8, 'no packages', { case: 'no-seed', row: 'virtualenv --no-seed' }),
  atMost(2.4, 'with pip', { case: 'seeded', row: 'node -e 0' }),
  fasterThan(6, 'with pip', { case: 'seeded', row: 'virtualenv' }),
  fasterThan(40, 'with pip', { case: 'seeded', row: 'python -m venv' }),
  fasterThan(1, 'with pip', { case: 'seeded', row: 'uv venv --seed' }),
  fasterThan(2.5, 'created, asked `pip --version`, a wheel installed', { case: 'ready-to-work', row: 'virtualenv' }),
  fasterThan(1, 'created, asked `pip --version`, a wheel installed', { case: 'ready-to-work', row: 'uv venv --seed' }),
  atMost(0.83, 'one call in a running Node', { case: 'in-process', row: 'node -e 0' }),
  {
    what: 'each of 20 environments of one command',
    wanted: 'a third of one alone',
    measured: (report) => {
      const each = figureOf(report, { case: 'several', row: 'vivarium create, one command' });
      const alone = figureOf(report, { case: 'several', row: 'vivarium create, 20 commands' });
      return each && alone && each.median / alone.median;
    },
    isReached: (measured) => measured <= 1 / 3,
    text: (measured) => `${measured.toFixed(2)} ×`,
  },
  flat('1000 environments, for each', '1000 environments, for each'),
  flat('50 interpreters on `PATH` instead of one', '50 on PATH'),
  flat('1000 images in the cache instead of one', '1000 in the cache'),
  {
    what: '200 environments with pip, on disk',
    wanted: 'at most 20 MB',
    measured: (report) => figureOf(report, { case: 'disk', row: 'vivarium create', measure: 'disk' })?.median,
    isReached: (measured) => measured <= 20_000,
    text: (measured) => `${Math.round(measured / 1000)} MB`,
  },
  ...Object.values(LISTS).flatMap(fromLock),
  {
    what: '50 environments from a lock, on disk',
    wanted: `less than ${code(BY_UV)}`,
    measured: (report) => inverse(ratioTo(report, { case: 'lock-disk', row: BY_UV, measure: 'disk' })),
    isReached: (measured) => measured < 1,
    text: (measured) => `${measured.toFixed(2)} ×`,
  },
];

/** The goals and what was reached, as a Markdown table. A goal that is not reached says so. */
export function goalsOf(report: Report): string {
  const lines = GOALS.map(({ what, wanted, measured, isReached, text }) => {
    const value = measured(report);
    if (value === undefined) return `| ${what} | ${wanted} | not measured | |`;
    return `| ${what} | ${wanted} | ${text(value)} | ${isReached(value) ? 'yes' : '**no**'} |`;
  });
  return ['| what | goal | measured | reached |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function inverse(ratio: number | undefined): number | undefined {
  return ratio === undefined ? undefined : 1 / ratio;
}

function quotient(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one / other;
}

function code(name: string): string {
  return `\`${name}\``;
}
