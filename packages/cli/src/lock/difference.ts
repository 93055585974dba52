import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Receipt } from '@vivarium/core/host';
import { readReceipt } from '@vivarium/core/internal';
import { normalizeName } from '@vivarium/wheel-resolver';
import type { DifferenceRequest, ListSettings } from './compare.ts';
import { byName, type PackageChange } from './package-change.ts';

/**
 * Whether the packages of an environment were installed from exactly the list that settings name, as its receipt says.
 * Nothing but the list and the receipt is read.
 *
 * @throws VivariumError where the list can't be read
 */
export async function isRecorded(request: DifferenceRequest): Promise<boolean> {
  const { destination, settings, found } = request;
  const receipt = readReceipt(destination);
  if (receipt === undefined || !(await isSameList(receipt.list, settings))) return false;
  return recordedDifference(receipt, found, settings.exact).length === 0;
}

/**
 * How the packages of an environment differ from those of the list that settings name, by name. Where nothing is known of
 * the file that a package was installed from, its version counts. Nothing is fetched but what a resolver asks for.
 *
 * @throws VivariumError what reading a lock, selecting from it and resolving requirements can fail with
 */
export async function packagesDifference(request: DifferenceRequest): Promise<readonly PackageChange[]> {
  const { destination, settings, found } = request;
  const receipt = readReceipt(destination);
  if (receipt !== undefined && (await isSameList(receipt.list, settings))) {
    return recordedDifference(receipt, found, settings.exact);
  }
  return (await import('./compare.ts')).compareWithList(request, receipt);
}

async function isSameList(list: Receipt['list'], settings: ListSettings): Promise<boolean> {
  const { lock, extras = [], groups = [] } = settings;
  if (lock === undefined) {
    const { requirementsDigest } = await import('./requirements-digest.ts');
    return list.requirements === requirementsDigest(settings);
  }
  const isSame = (a: readonly string[], b: readonly string[]): boolean =>
    JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());
  return list.sha256 === digestOf(lock) && isSame(list.extras, extras) && isSame(list.groups, groups);
}

function digestOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    // Reading the lock says what is wrong.
    return undefined;
  }
}

function recordedDifference(
  { packages }: Receipt,
  { distributions }: DifferenceRequest['found'],
  isExact: boolean,
): readonly PackageChange[] {
  const installed = new Map(distributions.map(({ name, version }) => [normalizeName(name), version]));
  const recorded = new Map(packages.map((one) => [one.name, one]));
  const changes = [...recorded.values()].flatMap(({ name, version: to, isListed }): PackageChange[] => {
    const from = installed.get(name);
    if (!isListed || from === to) return [];
    return [from === undefined ? { name, action: 'add', to } : { name, action: 'change', from, to }];
  });
  const others = isExact ? [...installed].filter(([name]) => !recorded.has(name)) : [];
  return [...changes, ...others.map(([name, from]): PackageChange => ({ name, action: 'remove', from }))].sort(byName);
}
