import { WheelError } from '../wheel-error.ts';

/**
 * Refuses a name that would leave the directory that it is unpacked into, or that means another file on another system:
 * absolute, with `..`, with a drive or a stream (`:`), with backslashes, with control characters.
 */
export function checkEntryName(name: string): void {
  const reason = whyUnsafe(name);
  if (reason !== undefined) throw new WheelError(`it holds an entry \`${name}\`, which ${reason}`);
}

function whyUnsafe(name: string): string | undefined {
  if (name === '') return 'has no name';
  if (name.startsWith('/')) return 'is an absolute path';
  if (name.includes('\\')) return 'has a backslash in its name';
  if (/^[A-Za-z]:/.test(name)) return 'names a drive';
  if (name.includes(':')) return 'has a colon in its name';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'has a control character in its name';
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.includes('..')) return 'leaves the directory that it is unpacked into';
  if (parts.includes('.') || parts.includes('')) return 'has an empty part in its name';
  if (parts.some((part) => /[. ]$/.test(part))) return 'has a part that ends with a dot or a space';
  return undefined;
}
