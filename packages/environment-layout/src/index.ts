export { planDirectories } from './directories.ts';
export { planDistutilsHook } from './distutils-hook.ts';
export { executableNames } from './executable-names.ts';
export { type ExecutablesRequest, planExecutables } from './executables.ts';
export { isHomebrewPrefix } from './homebrew.ts';
export { namesIn } from './listings.ts';
export { planSharedLibrary } from './shared-library.ts';
export { relocatableShebang, type ScriptPython, shebang } from './shebang.ts';
export { planWindowsExecutables, type WindowsExecutablesRequest } from './windows-executables.ts';
