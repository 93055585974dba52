import type { Creation } from '../creator.ts';
import type { PackageToInstall } from '../packages/package-to-install.ts';
import { isObject } from '../plan/matches.ts';
import type { Plugin, PluginKind, Support } from '../plugin.ts';
import type { Seeding, Seeds } from '../seeder.ts';
import { badAnswer } from './call-plugin.ts';
import { assertInside, checkSteps, showValue } from './check-steps.ts';

const PLACES = ['executable', 'scripts', 'purelib', 'platlib', 'stdlib', 'include'] as const;

/** What a plugin answers to `supports`: yes, or a reason. A promise, say, would otherwise count as neither. */
export function checkSupport(plugin: Plugin<PluginKind>, answer: Support): Support {
  if (answer === true || (isObject(answer) && typeof answer.reason === 'string')) return answer;
  throw badAnswer(plugin, `${showValue(answer)} where \`true\` or a \`reason\` is expected`);
}

/** What a creator answers: a layout inside the environment, steps, and keys with values. */
export function checkCreation(plugin: Plugin<PluginKind>, creation: Creation): Creation {
  if (!isObject(creation) || !isObject(creation.layout)) throw badAnswer(plugin, `no layout: ${showValue(creation)}`);
  for (const place of PLACES) assertInside(plugin, creation.layout[place]);
  checkSteps(plugin, creation.steps);
  const pairs: unknown = creation.configuration ?? [];
  if (!Array.isArray(pairs) || !pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && isTexts(pair))) {
    throw badAnswer(plugin, `a \`configuration\` that is not a list of keys with values: ${showValue(pairs)}`);
  }
  if (creation.uncertain !== undefined && typeof creation.uncertain !== 'string') {
    throw badAnswer(plugin, `an \`uncertain\` that is not a string: ${showValue(creation.uncertain)}`);
  }
  return creation;
}

/** What a seeder answers: steps, packages, and what the report says of it. */
export function checkSeeding(
  plugin: Plugin<PluginKind>,
  seeding: Seeding,
  asked: readonly PackageToInstall[],
): Seeding {
  if (!isObject(seeding)) throw badAnswer(plugin, `${showValue(seeding)} where its steps and packages should be`);
  checkSteps(plugin, seeding.steps);
  checkPackages(plugin, seeding.packages, ['name', 'version', 'sha256', 'origin']);
  const installed = new Set(seeding.packages.map(({ name, sha256 }) => `${name} ${sha256}`));
  const missing = asked.find(({ name, sha256 }) => !installed.has(`${name} ${sha256}`));
  if (missing !== undefined) throw badAnswer(plugin, `packages without ${missing.name}, which is to be installed`);
  checkSummary(plugin, seeding.summary);
  return seeding;
}

/** What a seeder answers to `seeds`: packages, and what the report says of the choice. */
export function checkSeeds(plugin: Plugin<PluginKind>, seeds: Seeds | undefined): Seeds {
  if (!isObject(seeds)) throw badAnswer(plugin, `${showValue(seeds)} where its seeds should be`);
  checkPackages(plugin, seeds.packages, ['name', 'version', 'sha256', 'origin', 'wheel', 'path']);
  checkSummary(plugin, seeds.summary);
  return seeds;
}

function checkPackages(plugin: Plugin<PluginKind>, packages: unknown, keys: readonly string[]): void {
  if (!Array.isArray(packages)) throw badAnswer(plugin, `\`packages\` that are no list: ${showValue(packages)}`);
  for (const entry of packages) {
    const values = Object(entry) as Readonly<Record<string, unknown>>;
    if (!isTexts(keys.map((key) => values[key]))) {
      throw badAnswer(
        plugin,
        `a package without ${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}: ${showValue(entry)}`,
      );
    }
  }
}

function checkSummary(plugin: Plugin<PluginKind>, summary: unknown): void {
  if (!Array.isArray(summary) || !summary.every(isSummaryEntry)) {
    throw badAnswer(plugin, `a \`summary\` that is not a list of keys with values: ${showValue(summary)}`);
  }
}

function isSummaryEntry(entry: unknown): boolean {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return false;
  const value: unknown = entry[1];
  return typeof value === 'boolean' || typeof value === 'string' || (Array.isArray(value) && isTexts(value));
}

function isTexts(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
