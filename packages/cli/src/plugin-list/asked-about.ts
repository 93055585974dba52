import type { SettingLayers } from '@vivarium/core/host';

/** The settings that name plugins, and the kind that each names. */
export const KIND_OF = {
  discovery: 'discoverer',
  creator: 'creator',
  seeder: 'seeder',
  activators: 'activator',
} as const;

/** A setting that names plugins. */
export type NamingSetting = keyof typeof KIND_OF;

/** The setting whose value is the word `help`, if there is one: someone wants to know what can be named there. */
export function settingAskedAbout(flags: SettingLayers['flags']): NamingSetting | undefined {
  return (Object.keys(KIND_OF) as NamingSetting[]).find((name) => [flags[name]?.value].flat().includes('help'));
}
