import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin, PluginKind } from '../../plugin.ts';
import type { SettingSource } from '../../settings/source.ts';
import { findOfficial } from '../official-plugins.ts';
import type { PluginHost, PluginSourceSettings } from '../plugin-host.ts';
import type { PluginOrigin } from '../plugin-source.ts';
import { candidatesFor, type Name, type PackageCandidate, type PluginCandidate } from './candidates.ts';
import { chooseDeclaration } from './choose-declaration.ts';
import { declarationsOf, labelOf } from './declarations.ts';
import { findPackage, type InstalledPackage, packageAround } from './find-package.ts';
import { fromFile, fromPackage, type Loaded, pluginsInFile } from './load.ts';
import { notFound } from './not-found.ts';
import { rootsFor } from './roots.ts';
import { assertTrusted } from './trust.ts';

/** Plugins that do not come with the program. */
export interface InstalledPlugins {
  /** The names of a kind that the packages in the setting `plugins` have, without those that are taken. */
  namesOf(kind: PluginKind): Promise<readonly string[]>;
  load(kind: PluginKind, name: string, source: SettingSource): Promise<Plugin<PluginKind>>;
  originOf(plugin: Plugin<PluginKind>): PluginOrigin | undefined;
  readonly notes: readonly string[];
}

/** A plugin of a package that the setting `plugins` lists, not imported yet. */
interface Listed {
  readonly kind: PluginKind;
  readonly name: string;
  readonly from: string;
  readonly load: () => Promise<Loaded>;
}

/** Something that a candidate turned out to be. */
type Found = { readonly installed: InstalledPackage; readonly plugin?: string } | { readonly file: string };

/** Opens the search for installed plugins. Nothing is looked for before something is asked. */
export function openInstalled(host: PluginHost, settings: PluginSourceSettings): InstalledPlugins {
  const notes: string[] = [];
  const origins = new Map<Plugin<PluginKind>, PluginOrigin>();
  const added = settings.values.pluginRoot ?? [];
  let listing: Promise<readonly Listed[]> | undefined;
  const listed = (): Promise<readonly Listed[]> => {
    listing ??= list();
    return listing;
  };

  async function load(kind: PluginKind, text: string, source: SettingSource): Promise<Plugin<PluginKind>> {
    const own = (await listed()).find((entry) => entry.kind === kind && entry.name === text);
    if (own !== undefined) return remember(await own.load());
    const name: Name = { text, kind, directory: directoryOf(source), askedBy: source.name };
    const candidates = candidatesFor(name);
    assertTrusted(text, source, { host, settings });
    const found = await find(name, candidates, source);
    return remember(
      'file' in found
        ? await fromFile(found.file, kind, host)
        : await fromPackage(found.installed, chooseDeclaration({ ...name, kind }, found), host),
    );
  }

  /** The first candidate that is there, from the first root that has it; what else is there is ignored, and noted. */
  async function find(
    { text, kind, askedBy }: Omit<Name, 'directory'>,
    candidates: readonly PluginCandidate[],
    source: SettingSource,
  ): Promise<Found> {
    const roots = rootsFor(source, host, added);
    const all = candidates.flatMap((candidate) =>
      'path' in candidate ? foundAt(candidate.path) : roots.flatMap((root) => foundFrom(candidate, root)),
    );
    const [first, ...others] = all;
    if (first === undefined) {
      const there = (await listed()).filter((entry) => entry.kind === kind).map(({ name }) => name);
      const search = { text, askedBy, candidates, roots, listed: there, ...(kind === undefined ? {} : { kind }) };
      throw await notFound(search, host);
    }
    const seen = new Set(['installed' in first ? first.installed.directory : first.file]);
    for (const other of others) {
      if (!('installed' in other) || seen.has(other.installed.directory)) continue;
      seen.add(other.installed.directory);
      notes.push(`skipped ${labelOf(other.installed)} in ${other.installed.directory} for \`${text}\``);
    }
    return first;
  }

  async function list(): Promise<readonly Listed[]> {
    const source = settings.sources.plugins;
    const entries: Listed[] = [];
    for (const text of settings.values.plugins ?? []) {
      const name = { text, directory: directoryOf(source), askedBy: source.name };
      const candidates = candidatesFor(name);
      assertTrusted(text, source, { host, settings });
      for (const entry of await listedIn(await find(name, candidates, source), text)) {
        const taken =
          (await findOfficial(host.official, entry.kind, entry.name)) !== undefined
            ? 'an official plugin'
            : entries.find(({ kind, name }) => kind === entry.kind && name === entry.name)?.from;
        if (taken === undefined) entries.push(entry);
        else notes.push(`skipped the ${entry.kind} \`${entry.name}\` of ${entry.from}: ${taken} has that name`);
      }
    }
    return entries;
  }

  async function listedIn(found: Found, text: string): Promise<readonly Listed[]> {
    if ('file' in found) {
      const loaded = await pluginsInFile(found.file, host);
      return loaded.map((one) => {
        const { kind, name } = one.plugin;
        return { kind, name, from: found.file, load: async () => one };
      });
    }
    const { installed, plugin } = found;
    return declarationsOf(installed)
      .filter(({ name }) => plugin === undefined || plugin === name)
      .map((declared) => {
        const { kind, name } = declared;
        return { kind, name, from: text, load: () => fromPackage(installed, declared, host) };
      });
  }

  function directoryOf(source: SettingSource): string {
    return source.file === undefined ? host.cwd : dirname(source.file);
  }

  function remember({ plugin, origin }: Loaded): Plugin<PluginKind> {
    const label = origin.package === undefined ? '' : ` of ${origin.package}@${origin.version}`;
    if (!origins.has(plugin)) notes.push(`${plugin.kind} \`${plugin.name}\`${label} from ${origin.file}`);
    origins.set(plugin, origin);
    return plugin;
  }

  return {
    namesOf: async (kind) => (await listed()).filter((entry) => entry.kind === kind).map(({ name }) => name),
    load,
    originOf: (plugin) => origins.get(plugin),
    notes,
  };
}

function foundAt(path: string): Found[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [{ file: path }];
  const around = packageAround(path);
  return around?.directory === path ? [{ installed: { ...around, root: path } }] : [];
}

function foundFrom(candidate: PackageCandidate, root: string): Found[] {
  const installed = findPackage(candidate.package, root);
  if (installed === undefined) return [];
  return [candidate.plugin === undefined ? { installed } : { installed, plugin: candidate.plugin }];
}
