import { VivariumError } from '../../error.ts';
import { CONTRACT, PLUGIN_KINDS, type PluginKind, withArticle } from '../../plugin.ts';
import type { InstalledPackage } from './find-package.ts';

/** What a package says of one of its plugins in the field `vivarium` of its `package.json`. */
export interface Declaration {
  readonly kind: PluginKind;
  readonly name: string;
  /** The number of the contract that the plugin was made for. */
  readonly contract: number;
  /** The entry point that has it, as in the field `exports`. */
  readonly entry: string;
  /** The name of its export there. */
  readonly export: string;
}

/**
 * Reads what plugins a package has, before anything of it runs. The field is one declaration, or a list of them:
 * `{ "kind": "activator", "name": "elvish", "contract": 1, "entry": ".", "export": "default" }`, of which the last two
 * are the defaults.
 *
 * @throws VivariumError `PLUGIN_INVALID`
 */
export function declarationsOf(
  found: Pick<InstalledPackage, 'name' | 'directory' | 'manifest'>,
): readonly Declaration[] {
  const field = found.manifest.vivarium;
  if (field === undefined) throw notAPlugin(found, 'its package.json has no field `vivarium`');
  const entries: readonly unknown[] = Array.isArray(field) ? field : [field];
  if (entries.length === 0) throw notAPlugin(found, 'the field `vivarium` of its package.json is empty');
  return entries.map((entry) => declaration(found, entry));
}

/**
 * Refuses a plugin that was made for another contract.
 *
 * @throws VivariumError `PLUGIN_CONTRACT_MISMATCH` with both numbers and what to update
 */
export function assertContract(found: Pick<InstalledPackage, 'name' | 'manifest'>, declared: Declaration): void {
  if (declared.contract === CONTRACT) return;
  const what = `The ${declared.kind} \`${declared.name}\` of ${labelOf(found)}`;
  throw new VivariumError(
    'PLUGIN_CONTRACT_MISMATCH',
    `${what} was made for contract ${declared.contract}, and this vivarium has contract ${CONTRACT}`,
    {
      hint:
        declared.contract > CONTRACT
          ? `Update vivarium, or install a version of ${found.name} that was made for contract ${CONTRACT}.`
          : `Update ${found.name}; if there is no newer version, its author has to move it to contract ${CONTRACT}.`,
    },
  );
}

/** The error for a package that is installed and can't be used as a plugin. */
export function notAPlugin(
  found: Pick<InstalledPackage, 'name' | 'directory' | 'manifest'>,
  why: string,
): VivariumError {
  return new VivariumError('PLUGIN_INVALID', `${labelOf(found)} in ${found.directory} is not a plugin: ${why}`, {
    hint: 'Nothing of it was run. Is it the package that was meant?',
  });
}

/** `name@1.2.3` */
export function labelOf({ name, manifest }: Pick<InstalledPackage, 'name' | 'manifest'>): string {
  return typeof manifest.version === 'string' ? `${name}@${manifest.version}` : name;
}

function declaration(found: Pick<InstalledPackage, 'name' | 'directory' | 'manifest'>, raw: unknown): Declaration {
  const { kind, name, contract, entry = '.', export: exported = 'default' } = Object(raw) as Record<string, unknown>;
  const wrong = (what: string): VivariumError =>
    notAPlugin(found, `the field \`vivarium\` of its package.json ${what}: ${JSON.stringify(raw)}`);
  const knownKind = PLUGIN_KINDS.find((known) => known === kind);
  if (knownKind === undefined) throw wrong(`has no \`kind\` out of ${PLUGIN_KINDS.join(', ')}`);
  if (typeof name !== 'string' || !isPluginName(name)) {
    throw wrong(`gives ${withArticle(knownKind)} no \`name\` in lower case`);
  }
  if (!Number.isInteger(contract)) throw wrong('has no number as `contract`');
  if (typeof entry !== 'string' || !/^\.(\/|$)/.test(entry))
    throw wrong('has an `entry` that does not begin with `./`');
  if (typeof exported !== 'string') throw wrong('has an `export` that is not a name');
  return { kind: knownKind, name, contract: contract as number, entry, export: exported };
}

/** Whether a text is fit to be the name of a plugin: what users type. */
export function isPluginName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]*$/.test(text) && !text.includes('..') && text.length <= 214;
}
