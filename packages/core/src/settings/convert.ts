import { resolve } from 'node:path';
import { isPathText } from '../spec/read-spec.ts';
import type { Option } from './option.ts';

/** A value that can't be had from what was written; the message completes "… is not usable: ". */
export class BadValue extends Error {}

/** What relative paths in a value are meant from, and how lists in it are written. */
export interface Writing {
  readonly directory: string;
  /** Several values can be written as one text: in variables and files, not in flags. */
  readonly isListInText: boolean;
  /** The value was written in a file, and not typed where its relative paths are meant from. */
  readonly isInFile: boolean;
}

/** The value of a setting from what a flag, a variable or a file gives. */
export function convert(option: Option, raw: unknown, writing: Writing): unknown {
  switch (option.type) {
    case 'boolean':
      return toBoolean(raw);
    case 'count':
      return toCount(raw);
    case 'string':
      return toText(raw);
    case 'path':
      return resolve(writing.directory, toText(raw));
    case 'choice':
      return toChoice(option.choices, toText(raw));
    case 'list':
      return toList(raw, option.separator === ',' ? splitCommas : writing.isListInText ? splitList : keepWhole);
    case 'specs': {
      const specs = toList(raw, writing.isListInText ? splitList : keepWhole);
      return writing.isInFile
        ? specs.map((spec) => (isPathText(spec) ? resolve(writing.directory, spec) : spec))
        : specs;
    }
    case 'paths':
      return toList(raw, writing.isListInText ? splitPaths : keepWhole).map((path) => resolve(writing.directory, path));
  }
}

const TRUE = ['1', 'yes', 'true', 'on'];
const FALSE = ['0', 'no', 'false', 'off'];

function toBoolean(raw: unknown): boolean {
  if (typeof raw === 'boolean') return raw;
  const word = wordOf(raw)?.toLowerCase() ?? '';
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  throw new BadValue(`expected true or false, got ${show(raw)}`);
}

function toCount(raw: unknown): number {
  const word = wordOf(raw) ?? '';
  const value = Number.parseInt(word, 10);
  if (Number.isSafeInteger(value) && value >= 0 && String(value) === word) return value;
  throw new BadValue(`expected a whole number, got ${show(raw)}`);
}

/** A text or a number as one word. */
function wordOf(raw: unknown): string | undefined {
  return typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim() : undefined;
}

function toText(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number') return String(raw);
  throw new BadValue(`expected a string, got ${show(raw)}`);
}

function toChoice(choices: readonly string[], raw: string): string {
  if (choices.includes(raw)) return raw;
  throw new BadValue(`expected one of ${choices.join(', ')}, got ${show(raw)}`);
}

function toList(raw: unknown, split: (text: string) => readonly string[]): string[] {
  // An array in a file is a list already; a flag that was given several times is split item by item.
  const items = Array.isArray(raw) ? raw.map(toText) : [toText(raw)];
  const parts = Array.isArray(raw) && split !== splitCommas ? items : items.flatMap(split);
  return parts.map((item) => item.trim()).filter((item) => item !== '');
}

function keepWhole(text: string): readonly string[] {
  return [text];
}

function splitCommas(text: string): readonly string[] {
  return text.split(/[,\n]/);
}

// One item a line; in a single line, commas divide, except inside a version range (`>=3.9,<3.13`).
function splitList(text: string): readonly string[] {
  return text.includes('\n') ? text.split('\n') : text.split(/,(?!\s*[<>=!~])/);
}

// As virtualenv does it: by lines, and each line by what separates paths on the system, or by commas.
function splitPaths(text: string): readonly string[] {
  return text.split(process.platform === 'win32' ? /[,;\n]/ : /[,:\n]/);
}

function show(raw: unknown): string {
  return typeof raw === 'string' ? `\`${raw}\`` : `${JSON.stringify(raw)} (${typeof raw})`;
}
