import { readlinkSync } from 'node:fs';
import { win32 } from 'node:path';
import { VivariumError } from '@vivarium/core/plugin';

/**
 * The error for one of the aliases that Windows has for a Python that isn't installed: started, it opens the Microsoft
 * Store. It is told from the alias of a real Python by the program that it leads to.
 */
export function storeStubError(executable: string, origin: string): VivariumError | undefined {
  if (!/[\\/]WindowsApps[\\/]python[\d.]*\.exe$/i.test(executable)) return undefined;
  if (!/AppInstallerPythonRedirector\.exe$/i.test(targetOf(executable))) return undefined;
  const name = win32.basename(executable);
  return new VivariumError(
    'INTERPRETER_NOT_INSTALLED',
    `${executable} (${origin}) is not a Python: it only opens the Microsoft Store`,
    {
      hint: `Install a Python, and switch off the alias ${name} in Settings > Apps > Advanced app settings > App execution aliases.`,
    },
  );
}

function targetOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
