import type { Listed, ListedEnvironment } from '@vivarium/environments';
import { formatBytes } from '../terminal/format-bytes.ts';

/** What `--json` prints of an environment in a list; `output.schema.json` says what each part means. */
export function listRow(listed: Listed): object {
  if (!('inspection' in listed)) return { path: listed.path, state: 'unreadable', problem: listed.reason };
  const { inspection, lastUse } = listed;
  const { path, directory, createdBy, python, recorded, size } = inspection;
  const [problem] = inspection.problems;
  return {
    path,
    directory,
    createdBy: createdBy.tool,
    manager: createdBy.manager ?? null,
    python: python.version ?? null,
    recordedPython: recorded.version ?? null,
    state: problem?.code ?? 'ok',
    problem: problem?.message ?? null,
    ownBytes: size?.ownBytes ?? null,
    sharedBytes: size?.sharedBytes ?? null,
    lastUse: lastUse === undefined ? null : new Date(lastUse).toISOString(),
  };
}

/** The columns of a list for people: path, program, Python, state, last use, size. */
export function listLines(listed: readonly Listed[], now: number): readonly string[] {
  const rows = listed.map((one) =>
    'inspection' in one ? columnsOf(one, now) : [one.path, '', '', 'unreadable', '', ''],
  );
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .filter((_, column) => (widths[column] ?? 0) > 0)
      .join('  ')
      .trimEnd(),
  );
}

function columnsOf({ inspection, lastUse }: ListedEnvironment, now: number): readonly string[] {
  const { path, directory, createdBy, python, recorded, size, problems } = inspection;
  return [
    path === directory ? path : `${path} -> ${directory}`,
    createdBy.manager ?? createdBy.tool,
    python.version ?? (recorded.version === undefined ? '-' : `(${recorded.version})`),
    problems[0]?.code ?? 'ok',
    lastUse === undefined ? '-' : daysAgo(lastUse, now),
    size === undefined ? '' : formatBytes(size.ownBytes),
  ];
}

const DAY_MS = 24 * 60 * 60 * 1000;

function daysAgo(time: number, now: number): string {
  const days = Math.floor((now - time) / DAY_MS);
  return days <= 0 ? 'today' : days === 1 ? '1 day ago' : `${days} days ago`;
}
