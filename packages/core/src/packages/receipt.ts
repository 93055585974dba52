import type { SeedPackage } from '../plan/plan.ts';
import type { FileStep } from '../plan/step.ts';
import type { Tool } from '../pyvenv-cfg/write.ts';
import type { PackageListSource } from './decide-packages.ts';
import type { PythonBuild } from './python-build.ts';

/** The file at the root of an environment that says what was installed into it from a list of packages. */
export const RECEIPT = 'vivarium-receipt.json';

/** What a receipt says; `receipt.schema.json` is its schema. */
export interface Receipt {
  /** It is raised when a reader of an older format could misread it. */
  readonly format: 1;
  /** Who has written it. */
  readonly createdBy: Tool;
  /** What the packages were decided from, with its digest. */
  readonly list: PackageListSource;
  /** The build of the Python that the environment was created with, where vivarium manages it. */
  readonly python?: PythonBuild;
  /** All that was installed, the seeds too: each with its version, file, hash and origin. */
  readonly packages: readonly SeedPackage[];
}

/** The step that writes the receipt of an environment whose packages were decided by a list. */
export function receiptStep({ createdBy, list, python, packages }: Omit<Receipt, 'format'>): FileStep {
  const receipt: Receipt = {
    format: 1,
    createdBy: { name: createdBy.name, version: createdBy.version },
    list,
    ...(python === undefined ? {} : { python }),
    packages: packages.map(({ name, version, wheel, sha256, origin, isListed }) => {
      const isOfList = isListed === true ? { isListed } : {};
      return { name, version, ...(wheel === undefined ? {} : { wheel }), sha256, origin, ...isOfList };
    }),
  };
  return { kind: 'file', path: RECEIPT, contents: `${JSON.stringify(receipt, null, 2)}\n` };
}
