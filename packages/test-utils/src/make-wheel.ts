import { createHash } from 'node:crypto';
import { makeZip, type ZipFile } from './make-zip.ts';

/** What {@link makeWheel} makes a wheel of. */
export interface WheelRecipe {
  readonly name: string;
  readonly version: string;
  /** @default 'py2.py3-none-any' */
  readonly tag?: string;
  /** `Requires-Python`; without it the metadata has none. */
  readonly requiresPython?: string;
  /** Lines of `Requires-Dist`. */
  readonly requires?: readonly string[];
  /** Further lines of the metadata: `License-Expression: MIT`. */
  readonly metadata?: readonly string[];
  /** The whole of `entry_points.txt`. */
  readonly entryPoints?: string;
  /** `Root-Is-Purelib`. @default true */
  readonly isPurelib?: boolean;
  /** Files next to the metadata. @default a package of the distribution's name */
  readonly files?: readonly ZipFile[];
  /** Put in without a line in RECORD. */
  readonly unlisted?: readonly ZipFile[];
  /** `Wheel-Version`. @default '1.0' */
  readonly format?: string;
  /** Where RECORD is put. @default where installers look for it */
  readonly recordName?: string;
  /** Changes RECORD before it is put in. */
  readonly editRecord?: (record: string) => string;
}

/** A wheel in memory. */
export interface MadeWheel {
  readonly file: string;
  readonly bytes: Buffer;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** A wheel (binary distribution format) with a true RECORD, unless the recipe falsifies it. */
export function makeWheel(recipe: WheelRecipe): MadeWheel {
  const { name, version, tag = 'py2.py3-none-any' } = recipe;
  const stem = `${name.replaceAll('-', '_')}-${version}`;
  const module = name.replaceAll(/[-.]/g, '_');
  const files = [
    ...(recipe.files ?? [{ name: `${module}/__init__.py`, contents: `VERSION = "${version}"\n` }]),
    { name: `${stem}.dist-info/METADATA`, contents: metadataText(recipe) },
    { name: `${stem}.dist-info/WHEEL`, contents: wheelFields(tag, recipe) },
    ...(recipe.entryPoints === undefined
      ? []
      : [{ name: `${stem}.dist-info/entry_points.txt`, contents: recipe.entryPoints }]),
  ];
  const record = [...files.map(recordLine), `${stem}.dist-info/RECORD,,`].join('\n');
  const contents = recipe.editRecord?.(`${record}\n`) ?? `${record}\n`;
  const bytes = makeZip([
    ...files,
    ...(recipe.unlisted ?? []),
    { name: recipe.recordName ?? `${stem}.dist-info/RECORD`, contents },
  ]);
  return { file: `${stem}-${tag}.whl`, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function metadataText({ name, version, requiresPython, requires = [], metadata = [] }: WheelRecipe): string {
  return [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...(requiresPython === undefined ? [] : [`Requires-Python: ${requiresPython}`]),
    ...requires.map((requirement) => `Requires-Dist: ${requirement}`),
    ...metadata,
    '',
    'A wheel that was made for a test.',
    '',
  ].join('\n');
}

function wheelFields(tag: string, { isPurelib = true, format = '1.0' }: WheelRecipe): string {
  return `Wheel-Version: ${format}\nGenerator: test-utils\nRoot-Is-Purelib: ${isPurelib}\nTag: ${tag}\n`;
}

function recordLine({ name, contents }: ZipFile): string {
  const bytes = Buffer.from(contents);
  const field = /[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  return `${field},sha256=${createHash('sha256').update(bytes).digest('base64url')},${bytes.length}`;
}
