import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  coreOptions,
  type FlagValue,
  openPluginSource,
  type PluginHost,
  type PluginSource,
  resolveSettings,
  type SettingLayers,
} from '@vivarium/core/host';
import { testDirectory } from '../directory.ts';

/** The text of a module whose default export is an activator. */
export function activatorModule(name: string, more = ''): string {
  return `export default { kind: 'activator', name: '${name}', title: '${name}', supports: () => true,
    scripts: () => [{ name: 'activate.${name}', contents: '' }], ${more} };\n`;
}

/** The field of a package.json that declares an activator. */
export const activatorField = (name: string): object => ({ kind: 'activator', name, contract: 1 });

/** A package to be put into a `node_modules`. */
export interface Package {
  readonly manifest?: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** A package with one activator in it. */
export function activatorPackage(name: string, manifest: object = {}): Package {
  return {
    manifest: { version: '1.0.0', type: 'module', exports: './index.js', vivarium: activatorField(name), ...manifest },
    files: { 'index.js': activatorModule(name) },
  };
}

/** Puts packages into the `node_modules` of a directory, by name. */
export function install(directory: string, packages: Readonly<Record<string, Package>>): void {
  for (const [name, { manifest, files }] of Object.entries(packages)) {
    const home = join(directory, 'node_modules', name);
    write(home, { 'package.json': JSON.stringify({ name, ...manifest }), ...files });
  }
}

/** Writes files, with the directories that they need. */
export function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

const official = { kind: 'activator', name: 'bash', title: 'BashActivator' } as const;

/** A source for a program that brings one plugin of each kind and is in an empty directory of its own. */
export function sourceIn(
  cwd: string,
  more: Partial<SettingLayers> & {
    readonly host?: Partial<PluginHost>;
    readonly settings?: Record<string, unknown>;
  } = {},
): PluginSource {
  const { host, settings = {}, ...layers } = more;
  const elsewhere = testDirectory();
  const flags = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, { flag: `--${name}`, value: value as FlagValue['value'] }]),
  );
  const resolved = resolveSettings(coreOptions, { flags, env: {}, files: [], cwd, ...layers });
  return openPluginSource(
    {
      official: {
        table: {
          discoverer: async () => ({ builtin: { ...official, kind: 'discoverer', name: 'builtin' } }),
          creator: async () => ({ venv: { ...official, kind: 'creator', name: 'venv' } }),
          seeder: async () => ({ pip: { ...official, kind: 'seeder', name: 'pip' } }),
          activator: async () => ({ bash: official, powershell: { ...official, name: 'powershell' } }),
        },
        aliases: { activator: { pwsh: 'powershell', zsh: 'bash' } },
      },
      env: {},
      cwd,
      startedAs: join(elsewhere, 'bin/vivarium'),
      ownFile: join(elsewhere, 'lib/vivarium.js'),
      ...host,
    },
    resolved,
  );
}

/** What a flag gives as the place that a name came from. */
export const flag = { layer: 'flag', name: '--activators' } as const;
