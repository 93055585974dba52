import { isVivariumError, longNames, type Option, type Options, type VivariumError } from '@vivarium/core/host';

/**
 * Turns an error into the words of a caller of the library, by the declared options: `--allow-existing` becomes
 * `allowExisting: true`, `-p 3.12` becomes `python: '3.12'`. Anything that is not a {@link VivariumError} is left as it is.
 */
export function inCallerWords(error: unknown, options: Options): unknown {
  if (!isVivariumError(error)) return error;
  const own = error as { -readonly [Key in 'message' | 'hint' | 'source']: VivariumError[Key] };
  own.message = translate(error.message, options);
  own.hint = error.hint === undefined ? undefined : translate(error.hint, options);
  if (error.source !== undefined && isFlag(error.source))
    own.source = find(error.source, options)?.name ?? error.source;
  return error;
}

// A flag begins a word; what is a value can only be told from prose inside of backticks, or by its look.
const FLAGS =
  /(?<=^|[\s`(])(?<flag>--[a-z][a-z-]*[a-z]|-[a-zA-Z])(?![\w-])(?:(?<joint> )(?=-)|(?<between>[ =])(?<value>(?!-)[^\s`,;()]*[^\s`,;().]))?/g;

/** A sentence with flags in it, with the library's options in their place. */
export function translate(text: string, options: Options): string {
  return text.replaceAll(FLAGS, (whole, ...rest) => {
    const { flag, joint, between, value } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const found = flag === undefined ? undefined : find(flag, options);
    if (found === undefined) return whole;
    const { name, option, isNegated } = found;
    const tail = `${joint === undefined ? '' : ', '}${between ?? ''}${value ?? ''}`;
    if (option.type === 'boolean') return `${name}: ${!isNegated}${tail}`;
    return value !== undefined && looksLikeValue(option, value) ? `${name}: '${value}'` : `${name}${tail}`;
  });
}

function looksLikeValue(option: Option, value: string): boolean {
  return option.type === 'choice' ? option.choices.includes(value) : /[\d/\\]/.test(value);
}

interface Found {
  readonly name: string;
  readonly option: Option;
  readonly isNegated: boolean;
}

function find(flag: string, options: Options): Found | undefined {
  for (const [name, option] of Object.entries(options)) {
    if (flag === `-${option.short}`) return { name, option, isNegated: false };
    const long = longNames(name, option).find((one) => flag === `--${one.name}`);
    if (long !== undefined) return { name, option, isNegated: long.isNegated };
  }
  return undefined;
}

function isFlag(text: string): boolean {
  return text.startsWith('-');
}
