import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// Where the last byte of a character in UTF-8 and a backslash, backtick or letter after it are one character.
const CHARMAPS = { 'zh_CN.GBK': 'GBK', 'zh_TW.BIG5': 'BIG5', 'zh_CN.GB18030': 'GB18030' };

/** Locales in which text in UTF-8 is read wrongly: their names, none with the reason if they can't be made. */
export function foreignLocales(): {
  readonly names: readonly string[];
  /** The value of `LOCPATH` by which programs find them. */
  readonly directory: string;
  readonly missing: string | undefined;
} {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-locales-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const areThere = Object.entries(CHARMAPS).every(([name, charmap]) => {
    const made = spawnSync('localedef', ['-i', name.slice(0, 5), '-f', charmap, join(directory, name)]);
    return made.error === undefined && existsSync(join(directory, name));
  });
  return areThere
    ? { names: Object.keys(CHARMAPS), directory, missing: undefined }
    : { names: [], directory, missing: 'localedef has no sources for them' };
}

/** Names that such a locale makes dangerous: each ends a character that what comes next is taken into. */
export const NAMES_IN_FOREIGN_LOCALES: readonly string[] = [
  ...['\u3042$(touch pwned)', '\u3042`touch pwned`', '\u30a2$(touch pwned)', "\u00e9'$(touch pwned)'", '\u3042$x'],
  ...["\u3042';touch pwned;'", "\u30a2';touch pwned;'", '\u3042\\;touch pwned;', '\u30a2\\;touch pwned;', '\u3042\\'],
  ...['\u3000\\n', '\u3042\\u', '\u30a2\\u', '\u00e9%n\\', 'x\u3042!', '\u3042\u3044\\h\\w', '\u3042"x"', "\u3042'x"],
];
