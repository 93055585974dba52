import { join } from 'node:path';
import type { Context } from '@vivarium/core/plugin';
import { dataDirectory, homeDirectory } from './home.ts';
import type { InstallRoot } from './installations.ts';
import { variable } from './path-entries.ts';
import { pyenvRoot } from './pyenv.ts';

/** Where pyenv, mise, asdf and uv keep the Pythons that they installed. */
export function installRoots(context: Context): readonly InstallRoot[] {
  const { env } = context;
  const home = homeDirectory(env);
  const data = dataDirectory(env);
  const pyenv = pyenvRoot(context);
  const mise = variable(env, 'MISE_DATA_DIR') || (data && join(data, 'mise'));
  const asdf = variable(env, 'ASDF_DATA_DIR') || (home && join(home, '.asdf'));
  return [
    ...(pyenv ? [{ directory: join(pyenv, 'versions'), source: 'pyenv' }] : []),
    ...(mise ? [{ directory: join(mise, 'installs', 'python'), source: 'mise' }] : []),
    ...(asdf ? [{ directory: join(asdf, 'installs', 'python'), source: 'asdf' }] : []),
    ...uvDirectories(context).map((directory) => ({ directory, source: 'uv' })),
  ];
}

/** Where uv keeps the Pythons that it installed. */
export function uvDirectories({ env }: Context): readonly string[] {
  const set = variable(env, 'UV_PYTHON_INSTALL_DIR');
  if (set) return [set];
  const data = dataDirectory(env);
  const roaming = process.platform === 'win32' ? variable(env, 'APPDATA') : undefined;
  return [
    ...(roaming ? [join(roaming, 'uv', 'python'), join(roaming, 'uv', 'data', 'python')] : []),
    ...(data && process.platform !== 'win32' ? [join(data, 'uv', 'python')] : []),
  ];
}
