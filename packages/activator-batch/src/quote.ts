/**
 * The rest of a line of a batch file that stands for exactly `text`: what follows `set name=`. A caret makes what comes
 * after it plain, quotes included, so that none of them begins a quoted stretch; a percent sign is written twice. It
 * holds where delayed expansion is off. A batch file can't express line breaks and Ctrl+Z: see {@link isExpressible}.
 */
export function quote(text: string): string {
  return text.replace(/["&()<>^|]/g, '^$&').replaceAll('%', '%%');
}

/** Whether a line of a batch file can stand for the text: it has no control characters but tabs. */
export function isExpressible(text: string): boolean {
  return !/[^\P{Cc}\t]/u.test(text);
}
