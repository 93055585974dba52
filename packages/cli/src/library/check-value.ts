import { fileURLToPath } from 'node:url';
import { messageOf, type Option } from '@vivarium/core/host';

/** A value that an option cannot have; the message completes "… can't be used: ". */
export class WrongValue extends Error {}

/**
 * The value of an option as the settings take it. Nothing is converted but URLs: what a number or a string in place of
 * another type was meant to be is the caller's to say.
 *
 * @throws WrongValue
 */
export function checkValue(option: Option, value: unknown): boolean | number | string | readonly string[] {
  switch (option.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw wrong('true or false', value);
    case 'count':
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
      throw wrong('a whole number', value);
    case 'choice':
      if (typeof value === 'string' && option.choices.includes(value)) return value;
      throw wrong(`one of ${option.choices.map((choice) => `'${choice}'`).join(', ')}`, value);
    case 'string':
      return checkText(value);
    case 'path':
      return checkPath(value);
    case 'list':
      return checkList(value, checkText);
    case 'specs':
      return checkList(value, checkSpec);
    case 'paths':
      return checkList(value, checkPath);
  }
}

/** @throws WrongValue */
function checkText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrong('a string', value);
}

/** What `-p` takes. @throws WrongValue */
export function checkSpec(value: unknown): string {
  if (typeof value === 'number')
    throw new WrongValue(`expected a string ('3.10' and not 3.10), got the number ${value}`);
  return value instanceof URL ? checkPath(value) : checkText(value);
}

/** A path, also of a `file:` URL. @throws WrongValue */
export function checkPath(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!(value instanceof URL)) throw wrong('a string or a file: URL', value);
  try {
    return fileURLToPath(value);
  } catch (error) {
    throw new WrongValue(`expected a file: URL, got ${value.href} (${messageOf(error)})`);
  }
}

/** @throws WrongValue */
export function checkList<T>(value: unknown, check: (item: unknown) => T): readonly T[] {
  if (Array.isArray(value)) return value.map(check);
  throw wrong('an array', value);
}

/** @param expected `an array`, `true or false` */
export function wrong(expected: string, value: unknown): WrongValue {
  return new WrongValue(`expected ${expected}, got ${shown(value)}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return 'an array';
  if (value === null || typeof value !== 'object') return String(value);
  return value instanceof URL ? `the URL ${value.href}` : 'an object';
}
