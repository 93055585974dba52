import { loadCommand } from '../start/load-command.ts';

/**
 * `vivarium create` with virtualenv's manners: its options with their abbreviations, its variables and its ini file, the
 * shape of its `--version`, its exit codes. For packages that bring a command named `virtualenv`.
 *
 * Errors are told on standard error and set the exit code: 2 for wrong usage, 1 for everything else.
 *
 * @param args the words after the command's name
 * @param how `location`: the file that `--version` names
 */
export function virtualenv(args: readonly string[], how: { readonly location: string }): Promise<void> {
  return loadCommand(['create', ...args]).virtualenv(args, how.location);
}
