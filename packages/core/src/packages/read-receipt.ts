import { isObject } from '../plan/matches.ts';
import { readSmallFile } from '../read-small-file.ts';
import { RECEIPT, type Receipt } from './receipt.ts';

/**
 * The receipt of an environment.
 *
 * @returns `undefined` where there is none, or one that this version can't read: nothing is known then of what a list has
 *   installed
 */
export function readReceipt(destination: string): Receipt | undefined {
  try {
    const receipt: unknown = JSON.parse(readSmallFile(`${destination}/${RECEIPT}`)?.text ?? 'null');
    return isReceipt(receipt) ? receipt : undefined;
  } catch {
    return undefined;
  }
}

function isReceipt(value: unknown): value is Receipt {
  if (!isObject(value)) return false;
  const { format, list, packages } = value as Partial<Record<keyof Receipt, unknown>>;
  return format === 1 && isList(list) && Array.isArray(packages) && packages.every(isPackage);
}

function isList(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { sha256, extras, groups } = value as Readonly<Record<string, unknown>>;
  return typeof sha256 === 'string' && Array.isArray(extras) && Array.isArray(groups);
}

function isPackage(value: unknown): boolean {
  if (!isObject(value)) return false;
  return ['name', 'version', 'sha256'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');
}
