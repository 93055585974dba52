import { reportLines } from '@vivarium/core/host';
import type { CreateResult } from './request.ts';

/** The report on one environment. */
export async function linesOf(result: CreateResult): Promise<readonly string[]> {
  const { plan, applied, cacheDirectory, milliseconds, redirect } = result;
  if (applied !== undefined) return reportLines({ plan, applied, cacheDirectory, milliseconds });
  const { dryRunLines } = await import('./dry-run-lines.ts');
  return dryRunLines(plan, redirect);
}
