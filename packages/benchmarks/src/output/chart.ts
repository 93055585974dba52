import type { CaseReport, Report, Row } from './report.ts';

const WIDTH = 760;
const NAMES = 220;
const BAR = 16;
const GAP = 7;
const COLOURS = { light: { ink: '#1f2328', dim: '#656d76' }, dark: { ink: '#e6edf3', dim: '#9198a1' } };

/** What the chart shows, and under which words. */
const PANELS: Readonly<Record<string, string>> = {
  'no-seed': 'No packages',
  seeded: 'With pip',
  'ready-to-work': 'With pip, and the first install done',
};

/**
 * Bars of the median wall time for the cases that most people mean, readable on light and on dark. The mark on each bar
 * is the middle half of the rounds.
 */
export function chartOf(report: Report): string {
  let y = 28;
  const panels = Object.entries(PANELS).flatMap(([name, title]) => {
    const found = report.cases.find((it) => it.name === name);
    if (found === undefined) return [];
    const drawn = panel(found, title, y);
    y += drawn.height;
    return [drawn.svg];
  });
  const { processors, system, versions } = report.machine;
  const foot = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 44}" role="img" aria-label="Time to create a Python virtual environment" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">
<style>${style()}</style>
${panels.join('\n')}
<text class="dim" x="0" y="${y + 18}" font-size="11">Median of ${report.rounds} rounds, caches warm; ${text(foot.join(', '))}.</text>
<text class="dim" x="0" y="${y + 34}" font-size="11">${text(`${processors}, ${system}`)}.</text>
</svg>
`;
}

function style(): string {
  const { light, dark } = COLOURS;
  const rules = ({ ink, dim }: typeof light): string => `text{fill:${ink}}.dim{fill:${dim}}.spread{stroke:${ink}}`;
  return `.ours{fill:#2da44e}.theirs{fill:#8c959f}.node{fill:#8c959f;opacity:.45}${rules(light)}@media(prefers-color-scheme:dark){${rules(dark)}}`;
}

function panel({ rows }: CaseReport, title: string, top: number): { readonly svg: string; readonly height: number } {
  const shown = rows.filter(({ figures }) => figures.wall !== undefined);
  const longest = Math.max(...shown.map(({ figures }) => figures.wall?.high ?? 0));
  const scale = (WIDTH - NAMES - 70) / longest;
  const bars = shown.map((row, index) => bar(row, top + 12 + index * (BAR + GAP), scale));
  return {
    svg: [`<text x="0" y="${top}" font-weight="600">${text(title)}</text>`, ...bars].join('\n'),
    height: 12 + shown.length * (BAR + GAP) + 34,
  };
}

function bar({ name, figures: { wall } }: Row, y: number, scale: number): string {
  if (wall === undefined) return '';
  const [width, low, high] = [wall.median, wall.low, wall.high].map((value) => round(value * scale)) as [
    number,
    number,
    number,
  ];
  const middle = y + BAR / 2;
  const kind = name.startsWith('vivarium') ? 'ours' : name.startsWith('node') ? 'node' : 'theirs';
  return [
    `<text x="${NAMES - 8}" y="${middle + 4.5}" text-anchor="end"${kind === 'ours' ? ' font-weight="600"' : ''}>${text(name)}</text>`,
    `<rect class="${kind}" x="${NAMES}" y="${y}" width="${Math.max(1, width)}" height="${BAR}" rx="2"/>`,
    `<line class="spread" x1="${NAMES + low}" x2="${NAMES + high}" y1="${middle}" y2="${middle}"/>`,
    `<text class="dim" x="${NAMES + Math.max(width, high) + 6}" y="${middle + 4.5}">${readable(wall.median)}</text>`,
  ].join('');
}

function readable(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
