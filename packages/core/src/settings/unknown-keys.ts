import { configKeys } from './names.ts';
import type { Options } from './option.ts';
import type { ConfigTable } from './source.ts';

/** Keys of our own tables that none of these options has: typing errors, or settings of plugins that aren't selected. */
export function unknownKeys(
  tables: readonly ConfigTable[],
  options: Options,
): readonly (readonly [ConfigTable, string])[] {
  if (tables.length === 0) return [];
  const known = new Set(
    Object.entries(options).flatMap(([name, option]) => configKeys(name, option).map((key) => key.name)),
  );
  return tables
    .filter((table) => !table.isShared)
    .flatMap((table) =>
      Object.keys(table.values)
        .filter((key) => !known.has(key))
        .map((key) => [table, key] as const),
    );
}
