import { randomBytes } from 'node:crypto';
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { messageOf, type Plan, type Tool, VivariumError } from '@vivarium/core/host';
import { receiptAt } from '@vivarium/discoverer-standalone/managed';
import { cyclonedx } from './cyclonedx.ts';
import { readInstalled } from './installed-metadata.ts';

/**
 * Refuses a place where no file can be written, before anything is created. The new environment itself is a place that
 * is there only later.
 *
 * @throws VivariumError `SBOM_NOT_WRITABLE`
 */
export function checkSbomPlace(path: string, { environment }: Plan): void {
  if (path.startsWith(`${environment.destination}${sep}`)) return;
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw sbomError('SBOM_NOT_WRITABLE', path, messageOf(error));
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw sbomError('SBOM_NOT_WRITABLE', path, 'it is a directory');
}

/**
 * Writes the bill of materials of an environment that stands; the file is there whole or not at all.
 *
 * @throws VivariumError `SBOM_NOT_WRITTEN`
 */
export function writeSbom(path: string, plan: Plan, tool: Tool): void {
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  try {
    const managed = receiptAt(plan.environment.interpreter.basePrefix);
    const bill = cyclonedx(plan, { tool, at: new Date(), installed: readInstalled(plan), managed });
    writeFileSync(temporary, `${JSON.stringify(bill, null, 2)}\n`, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw sbomError('SBOM_NOT_WRITTEN', path, `${messageOf(error)}; the environment itself was created`);
  }
}

function sbomError(code: 'SBOM_NOT_WRITABLE' | 'SBOM_NOT_WRITTEN', path: string, reason: string): VivariumError {
  return new VivariumError(code, `The bill of materials ${path} can't be written: ${reason}`, {
    source: '--sbom',
    hint: 'Name a file in a directory that is there and that you may write to.',
  });
}
