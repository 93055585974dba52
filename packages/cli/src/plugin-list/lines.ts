import { PLUGIN_KINDS, SETTING_OF } from '@vivarium/core/host';
import { kebabCase } from '@vivarium/core/internal';
import type { PluginRow } from './row.ts';

/** Plugins for people: a table for each kind, with a star at those that would be used. */
export function pluginLines(rows: readonly PluginRow[]): readonly string[] {
  return PLUGIN_KINDS.flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    if (own.length === 0) return [];
    const order = kind === 'creator' ? ', in the order in which they are asked' : '';
    return ['', `${kind}s (--${kebabCase(SETTING_OF[kind])})${order}:`, ...table(own)];
  });
}

function table(rows: readonly PluginRow[]): readonly string[] {
  const [names, titles, packages] = [
    rows.map(({ name }) => name),
    rows.map(({ title }) => title),
    rows.map((row) => (row.package === null ? 'a file' : `${row.package} ${row.version ?? ''}`.trim())),
  ].map(padded);
  return rows.flatMap((row, index) => [
    `${row.selected ? '*' : ' '} ${names?.[index]}  ${titles?.[index]}  ${packages?.[index]}  ${answer(row)}`.trimEnd(),
    ...(row.isOfficial ? [] : [`    from ${row.file}`]),
    ...(row.options.length === 0 ? [] : [`    options: ${row.options.map(({ flags }) => flags[0]).join(', ')}`]),
  ]);
}

function answer({ supports, reason }: PluginRow): string {
  if (supports === null) return '';
  return supports ? 'yes' : `no, because ${reason}`;
}

function padded(cells: readonly string[]): readonly string[] {
  const width = Math.max(...cells.map((cell) => cell.length));
  return cells.map((cell) => cell.padEnd(width));
}
