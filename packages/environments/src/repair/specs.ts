import { existsSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { findImplementation } from '@vivarium/core/internal';
import { formatMinorVersion, type Interpreter } from '@vivarium/core/plugin';
import type { Diagnosis } from '../findings/diagnose.ts';
import { packagesVersion } from '../findings/packages-version.ts';
import type { FindingCode } from '../findings/table.ts';

const OTHER_BASE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  ...(['BASE_NOT_FOUND', 'BASE_MISMATCH', 'BASE_PLATFORM_MISMATCH'] as const),
]);

/**
 * What a Python is looked for by that takes the place of an environment's: the one that it has, where that is right,
 * else any of the same implementation and minor version.
 */
export function specsFor({ inspection, findings }: Diagnosis): readonly string[] {
  const { python, recorded, base, layout, directory } = inspection;
  const minor = packagesVersion(inspection);
  const id = findImplementation(recorded.implementation ?? python.implementation ?? 'cpython') ?? 'cpython';
  const flag = layout.sitePackages.some((path) => path.includes(`/python${minor}t/`)) ? 't' : '';
  const any = minor === undefined ? [] : [`${id}${minor}${flag}`];
  if (findings.some(({ code }) => OTHER_BASE.has(code))) return any;
  const names = [
    recorded.executable,
    base.directory === undefined ? undefined : join(base.directory, `python${minor}`),
  ];
  // A link that leads back into the environment is no base.
  const outside = python.links.find((path) => !path.startsWith(`${directory}${sep}`));
  const own = [outside, ...names].find((path) => path !== undefined && isAbsolute(path) && existsSync(path));
  return [...(own === undefined ? [] : [own]), ...any];
}

/**
 * Why an interpreter can't take the place of the one that an environment had: a clause after "because". Packages are
 * installed for one minor version of one implementation.
 */
export function whyOtherPython({ inspection }: Diagnosis, interpreter: Interpreter): string | undefined {
  const wanted = packagesVersion(inspection);
  const found = formatMinorVersion(interpreter.version);
  const implementation = inspection.recorded.implementation ?? inspection.python.implementation ?? 'CPython';
  const isSame = findImplementation(implementation) === findImplementation(interpreter.implementation);
  if ((wanted === undefined || wanted === found) && isSame) return undefined;
  return `its packages are for ${implementation} ${wanted ?? ''}, and ${interpreter.executable} is ${interpreter.implementation} ${found}`;
}
