import { join } from 'node:path';
import type { Context } from '@vivarium/core';
import { dataFolder, homeFolder } from './home.ts';
import type { Shelf } from './installations.ts';
import { variable } from './path-entries.ts';
import { pyenvRoot } from './pyenv.ts';

/** Where pyenv, mise, asdf and uv keep the Pythons that they installed. */
export function managerShelves(context: Context): readonly Shelf[] {
  const { env } = context;
  const home = homeFolder(env);
  const data = dataFolder(env);
  const pyenv = pyenvRoot(context);
  const mise = variable(env, 'MISE_DATA_DIR') || (data && join(data, 'mise'));
  const asdf = variable(env, 'ASDF_DATA_DIR') || (home && join(home, '.asdf'));
  return [
    ...(pyenv ? [{ folder: join(pyenv, 'versions'), source: 'pyenv' }] : []),
    ...(mise ? [{ folder: join(mise, 'installs', 'python'), source: 'mise' }] : []),
    ...(asdf ? [{ folder: join(asdf, 'installs', 'python'), source: 'asdf' }] : []),
    ...uvFolders(context).map((folder) => ({ folder, source: 'uv' })),
  ];
}

function uvFolders({ env }: Context): readonly string[] {
  const set = variable(env, 'UV_PYTHON_INSTALL_DIR');
  if (set) return [set];
  const data = dataFolder(env);
  const roaming = process.platform === 'win32' ? variable(env, 'APPDATA') : undefined;
  return [
    ...(roaming ? [join(roaming, 'uv', 'python'), join(roaming, 'uv', 'data', 'python')] : []),
    ...(data && process.platform !== 'win32' ? [join(data, 'uv', 'python')] : []),
  ];
}
