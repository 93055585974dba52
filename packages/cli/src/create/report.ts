import { reportLines } from '@vivarium/core';
import type { CreateResult } from './request.ts';

/** The document of `--json` for one environment. */
export async function jsonOf(result: CreateResult): Promise<object> {
  if (result.applied === undefined) return result.plan;
  const { jsonReport } = await import('./json-report.ts');
  return jsonReport(result);
}

/** The report on one environment. */
export async function linesOf({ plan, applied, cacheFolder, milliseconds }: CreateResult): Promise<readonly string[]> {
  if (applied !== undefined) return reportLines({ plan, applied, cacheFolder, milliseconds });
  const { dryRunLines } = await import('./dry-run-lines.ts');
  return dryRunLines(plan);
}
