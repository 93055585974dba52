import fc from 'fast-check';

/** Names that some shell, some day, has read as something else than a name. `pwned` is a program on `PATH`. */
export const HOSTILE_NAMES: readonly string[] = [
  'two words',
  '  blanks  around  ',
  "one ' quote",
  'one " quote',
  `both ' and "`,
  "'; pwned; '",
  '"; pwned; "',
  `'"; pwned; "'`,
  '$(pwned)',
  "'$(pwned)'",
  '"$(pwned)"',
  '`pwned`',
  '(pwned)',
  '(pwned',
  '; pwned;',
  ';',
  '&& pwned',
  '|| pwned',
  '| pwned',
  'pwned &',
  '& pwned &',
  '> pwned < pwned',
  '$HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's, not ours
  '${HOME}',
  '$env.HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's, not ours
  '${env:HOME}',
  '$PATH[1]',
  '@(pwned)',
  '$[pwned]',
  '!(pwned)',
  '!',
  '!!',
  'a!b',
  '!pwned',
  '%',
  '%%',
  '%n%m%#',
  '%F{red}',
  '%{pwned%}',
  '%(?.yes.no)',
  '%PATH%',
  '!PATH!',
  '%1v',
  '^',
  '^pwned^',
  '#',
  '# pwned',
  'a#b',
  '{a,b}',
  '{a',
  'a}',
  '{pwned}',
  '[a-z]',
  '*',
  '?',
  '~',
  '~root',
  '=pwned',
  'a=b',
  '\\',
  'back\\slash',
  '\\u@\\h\\w\\$',
  '\\n\\t\\e[31m',
  'ends with \\',
  "\\'; pwned; \\'",
  'tab\there',
  '-',
  '-n',
  '--help',
  '.hidden',
  '...',
  'a,b@c:d+e=f',
  'caf\u00e9',
  'cafe\u0301',
  '日本語',
  '한국어',
  'русский',
  '🐍',
  '👩‍💻 snake',
  '__VIVARIUM_PROMPT__',
  '__VIRTUAL_ENV__',
];

/** Names with line breaks, for the shells that can bear them. */
export const NAMES_WITH_LINE_BREAKS: readonly string[] = [
  'two\nlines',
  'first\npwned\nlast',
  "'\npwned\n'",
  'ends with a break\n',
  'carriage\rreturn',
];

const FRAGMENTS = [
  ...['$(pwned)', '`pwned`', 'pwned', ';', '&&', '||', '|', '&', '<', '>', '(', ')', '((', '))', '$((', '${', '}'],
  ...["'", "''", '"', '""', '\\', '\\\\', "'\\''", '!', '!!', '%', '%%', '%n', '%{', '%}', '^', '#', '~', '*', '?'],
  ...['[', ']', '[!', '{', ',', '=', '-', '--', '.', '..', '+', ':', '@', '$', '$$', '$?', '$HOME', '%PATH%', ' '],
  ...['  ', '\t', 'a', 'b', '0', 'n', 'é', 'e\u0301', '日本', '🐍', 'ß', 'я', '__VIVARIUM_PROMPT__'],
];

/** Names made of what means something to some shell, and of characters of all kinds. */
export function hostileNames(lineBreaks: boolean): fc.Arbitrary<string> {
  const fragment = fc.constantFrom(...FRAGMENTS, ...(lineBreaks ? ['\n', '\npwned\n', '\r'] : []));
  const character = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 });
  const piece = fc.oneof({ weight: 5, arbitrary: fragment }, { weight: 1, arbitrary: character });
  return fc
    .array(piece, { minLength: 1, maxLength: 9 })
    .map((pieces) => pieces.join(''))
    .filter((name) => Buffer.byteLength(name) <= 120);
}

/** Whether a directory can have that name on that platform, and stand in `PATH`. */
export function isDirectoryName(name: string, os: 'posix' | 'nt' = 'posix'): boolean {
  if (name === '.' || name === '..' || /[/:\0]/.test(name)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows refuses them
  return os === 'posix' || !/[<>"|?*\\\u0000-\u001f]|[. ]$|^ /.test(name);
}
