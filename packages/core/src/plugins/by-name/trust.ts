import { dirname } from 'node:path';
import { VivariumError } from '../../error.ts';
import type { SettingSource } from '../../settings/source.ts';
import type { PluginHost, PluginSourceSettings } from '../plugin-host.ts';
import { isPlugNPlayOf } from './plug-n-play.ts';
import { isStartedFrom } from './roots.ts';

/**
 * Refuses a name out of a project's file. A directory that was cloned a moment ago must not run code only because an
 * environment is created in it. It may when the user said so, or when the program is the project's own installation. A
 * file that another user put above the cwd is not a project of this user's, whatever was said.
 *
 * @throws VivariumError `PLUGIN_NOT_TRUSTED` (exit code 2)
 */
export function assertTrusted(
  name: string,
  source: SettingSource,
  { host, settings }: { readonly host: PluginHost; readonly settings: PluginSourceSettings },
): void {
  if (source.file === undefined) return;
  if (source.isForeign) throw notTrusted(name, source, 'Name it yourself, with a flag or in your own vivarium.toml.');
  if (!source.isProject || settings.values.projectPlugins) return;
  const directory = dirname(source.file);
  if (isPlugNPlayOf(directory) || isStartedFrom(directory, host)) return;
  throw notTrusted(
    name,
    source,
    'If you trust this project, add --project-plugins (or set VIVARIUM_PROJECT_PLUGINS=1), or start the vivarium of its own node_modules, as `npx vivarium` does.',
  );
}

function notTrusted(name: string, source: SettingSource, hint: string): VivariumError {
  const whose = source.isForeign ? 'the file of another user' : 'a project';
  return new VivariumError(
    'PLUGIN_NOT_TRUSTED',
    `${source.file} names the plugin \`${name}\`, whose code would run, and ${whose} may not decide that (asked for by ${source.name})`,
    { source: source.name, hint },
  );
}
