/**
 * The name that a lock file's name contains: `pylock.docs.toml` gives `docs`, `pylock.toml` the empty name, and what is
 * not the name of a lock file, such as `pylock.1.1.toml`, gives `undefined`.
 */
export function pylockName(file: string): string | undefined {
  if (file === 'pylock.toml') return '';
  return /^pylock\.([^.]+)\.toml$/.exec(file)?.[1];
}
