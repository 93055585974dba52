/**
 * Long options may be shortened to any beginning that only one of them has (`--sys` for `--system-site-packages`), as
 * virtualenv's users are used to. What isn't a beginning of exactly one name is left as it is.
 */
export function expandAbbreviations(args: readonly string[], longNames: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, index) => {
    if (!arg.startsWith('--') || arg === '--' || (end !== -1 && index > end)) return arg;
    const [typed = '', ...value] = arg.slice(2).split('=');
    if (typed.length < 2 || longNames.includes(typed)) return arg;
    const matches = longNames.filter((name) => name.startsWith(typed));
    return matches.length === 1 ? [`--${matches[0]}`, ...value].join('=') : arg;
  });
}
