import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inEnvironment, type Plan } from '@vivarium/core/host';
import { normalizeName } from '@vivarium/packaging';
import { parseFields } from '@vivarium/wheel-resolver/reading';

/** What an installed package says of itself that a bill of materials repeats. */
export interface InstalledMetadata {
  readonly license: DeclaredLicense | undefined;
  /** Its own bills of materials (PEP 770). */
  readonly bills: readonly OwnBill[];
}

/** The license as the metadata has it: an SPDX expression (PEP 639), or names from before there were any. */
export type DeclaredLicense = { readonly expression: string } | { readonly names: readonly string[] };

/** A file in the directory `sboms` of a `.dist-info`. */
interface OwnBill {
  /** Relative to the environment, with `/`. */
  readonly path: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The metadata of the packages of a plan that was applied, by their normalized names; read from the environment. */
export function readInstalled({ environment, seeder }: Plan): ReadonlyMap<string, InstalledMetadata> {
  const wanted = new Set((seeder?.packages ?? []).map(({ name }) => normalizeName(name)));
  const { purelib, platlib } = environment.layout;
  const found = new Map<string, InstalledMetadata>();
  for (const site of new Set([purelib, platlib])) {
    for (const file of list(inEnvironment(environment, site))) {
      const name = /^(.+)-[^-]+\.dist-info$/.exec(file)?.[1];
      if (name === undefined || !wanted.has(normalizeName(name))) continue;
      const path = `${site}/${file}`;
      found.set(normalizeName(name), { license: licenseOf(read(`${path}/METADATA`)), bills: billsIn(`${path}/sboms`) });
    }
  }
  return found;

  function read(path: string): Buffer {
    return readFileSync(inEnvironment(environment, path));
  }

  function billsIn(path: string): readonly OwnBill[] {
    return list(inEnvironment(environment, path)).map((file) => ({
      path: `${path}/${file}`,
      sha256: createHash('sha256')
        .update(read(`${path}/${file}`))
        .digest('hex'),
    }));
  }
}

/** Names of files in a directory that may not be there, in a fixed order. */
function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}

// Whole texts of licenses were put into `License` too.
const LONGEST_NAME = 100;

function licenseOf(metadata: Buffer): DeclaredLicense | undefined {
  const fields = parseFields(metadata.toString('utf8'));
  const expression = fields.get('license-expression')?.[0];
  if (expression) return { expression };
  const name = fields.get('license')?.[0];
  if (name && name.length <= LONGEST_NAME && name !== 'UNKNOWN') return { names: [name] };
  const names = (fields.get('classifier') ?? []).flatMap((classifier) => {
    const [kind, ...rest] = classifier.split(' :: ');
    return kind === 'License' ? rest.filter((part) => part !== 'OSI Approved').slice(-1) : [];
  });
  return names.length === 0 ? undefined : { names };
}
