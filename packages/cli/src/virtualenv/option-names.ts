/** How an option of virtualenv's takes its value. */
export type Arity = 'flag' | 'value' | 'values';

/** virtualenv's options by their long names. Only these may be shortened, so that scripts keep meaning what they mean. */
export const LONG_NAMES: Readonly<Record<string, Arity>> = {
  version: 'flag',
  help: 'flag',
  'with-traceback': 'flag',
  verbose: 'flag',
  quiet: 'flag',
  'read-only-app-data': 'flag',
  'app-data': 'value',
  'reset-app-data': 'flag',
  'upgrade-embed-wheels': 'flag',
  discovery: 'value',
  python: 'value',
  'try-first-with': 'value',
  creator: 'value',
  clear: 'flag',
  'no-vcs-ignore': 'flag',
  'venv-redirect': 'flag',
  'no-venv-redirect': 'flag',
  'system-site-packages': 'flag',
  symlinks: 'flag',
  copies: 'flag',
  'always-copy': 'flag',
  seeder: 'value',
  'no-seed': 'flag',
  'without-pip': 'flag',
  'no-download': 'flag',
  'never-download': 'flag',
  download: 'flag',
  'extra-search-dir': 'values',
  pip: 'value',
  setuptools: 'value',
  wheel: 'value',
  'no-pip': 'flag',
  'no-setuptools': 'flag',
  'no-wheel': 'flag',
  'no-periodic-update': 'flag',
  'symlink-app-data': 'flag',
  activators: 'value',
  prompt: 'value',
};

/** By their letters. */
export const SHORT_NAMES: Readonly<Record<string, string>> = { h: 'help', p: 'python', q: 'quiet', v: 'verbose' };
