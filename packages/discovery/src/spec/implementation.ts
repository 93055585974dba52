const ALIASES: Readonly<Record<string, string | undefined>> = {
  py: '',
  python: '',
  cp: 'cpython',
  cpython: 'cpython',
  pp: 'pypy',
  pypy: 'pypy',
  graalpy: 'graalpy',
  graalpython: 'graalpy',
  graalvm: 'graalpy',
  rustpython: 'rustpython',
  ironpython: 'ironpython',
  jython: 'jython',
  pyston: 'pyston',
};

/**
 * The name that implementations are compared by: `cpython`, `pypy`, `graalpy` …; an empty text for `py` and `python`,
 * which stand for any. `undefined` for a word that names no implementation, so that it may be the name of a file.
 */
export function implementationOf(word: string): string | undefined {
  return ALIASES[word.toLowerCase()];
}
