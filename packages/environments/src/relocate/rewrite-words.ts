import type { Prefixes } from './prefixes.ts';

/** How the scripts of one kind write a text so that it stands for itself. */
export type Quote = (text: string) => string;

/**
 * A text in which the old place stands as a word of its own, with the new place there: quoted as the language does it,
 * between double quotes, or bare where it is one plain word. Where it is a part of another word nothing is replaced.
 */
export function rewriteWords(text: string, { from, to, scripts }: Prefixes, quote: Quote): string {
  let result = text;
  // The activation script of Nushell has the line to type in it.
  const command = (word: string): string => quote(`overlay use ${quote(`${word}/${scripts}/activate.nu`)}`);
  for (const prefix of from) {
    result = result.replaceAll(command(prefix), () => command(to));
    for (const below of ['', `/${scripts}`, '/lib/pkgconfig']) {
      result = result.replaceAll(quote(prefix + below), () => quote(to + below));
    }
    result = result.replaceAll(`"${prefix}"`, () => quote(to));
    if (/^[\w@%+=:,./-]+$/.test(prefix)) result = result.replace(bare(prefix), (_, before) => `${before}${quote(to)}`);
  }
  return result;
}

function bare(prefix: string): RegExp {
  return new RegExp(`(^|[\\s=(])${prefix.replace(/[.+]/g, '\\$&')}(?=$|[\\s;)])`, 'gm');
}
