import type { Context, Spec } from '@vivarium/core/host';
import { type AvailableBuild, availableBuilds } from '@vivarium/discoverer-standalone/managed';
import { envelope } from '../json/envelope.ts';
import { type ActionSettings, managedSettings } from './action.ts';

/** `vivarium pythons --available [SPEC]` */
export async function available(spec: Spec | undefined, settings: ActionSettings, context: Context): Promise<string> {
  const builds = await availableBuilds(spec, managedSettings(settings), context);
  if (settings.json) {
    const rows = builds.map(({ name, version, build, platform, freeThreaded, sha256, size, isInstalled }) => {
      return {
        name,
        version,
        build,
        platform,
        isFreeThreaded: freeThreaded === true,
        sha256,
        size: size ?? null,
        isInstalled,
      };
    });
    return envelope('pythons', { available: rows });
  }
  if (builds.length === 0)
    return `no Python${spec === undefined ? '' : ` that fits ${spec.text}`} can be installed on this machine`;
  return builds.map(lineOf).join('\n');
}

function lineOf({ version, freeThreaded, build, platform, isInstalled }: AvailableBuild): string {
  const name = `CPython ${version}${freeThreaded ? 't' : ''}`;
  return `${name.padEnd(18)} ${build}  ${platform}${isInstalled ? '  (installed)' : ''}`;
}
