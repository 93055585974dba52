import { checkPlugin, type Plugin, type PluginKind, type PluginSource } from '@vivarium/core/host';
import { WrongValue, wrong } from './check-value.ts';

/** Plugins that a caller hands over as objects. */
export class GivenPlugins {
  readonly #given = new Map<string, Plugin<PluginKind>>();

  /**
   * The name under which a plugin will be asked for.
   *
   * @throws WrongValue where a value is neither a name nor a plugin of that kind
   * @throws VivariumError `PLUGIN_INVALID` where an object lacks what its contract asks for
   */
  nameOf(kind: PluginKind, value: unknown): string {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) throw wrong('a name or a plugin', value);
    const plugin = checkPlugin(value, `The ${kind} that was passed`);
    if (plugin.kind !== kind)
      throw new WrongValue(`expected a plugin of the kind ${kind}, got the ${plugin.kind} \`${plugin.name}\``);
    this.#given.set(`${kind} ${plugin.name}`, plugin);
    return plugin.name;
  }

  /** A source that has these plugins before all others. */
  over(source: PluginSource): PluginSource {
    return {
      ...source,
      load: async (kind, name, asked) => this.#given.get(`${kind} ${name}`) ?? source.load(kind, name, asked),
    };
  }
}
