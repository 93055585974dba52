import { reportLines } from '@vivarium/core';
import type { CreateResult } from './request.ts';

/** The report on one environment. */
export async function linesOf({ plan, applied, cacheFolder, milliseconds }: CreateResult): Promise<readonly string[]> {
  if (applied !== undefined) return reportLines({ plan, applied, cacheFolder, milliseconds });
  const { dryRunLines } = await import('./dry-run-lines.ts');
  return dryRunLines(plan);
}
