// The command's tables of official plugins: what its `devDependencies` name and what declares itself a plugin.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../set-up.mjs';

/**
 * What a plugin package says of itself, in its field `vivarium`.
 *
 * @typedef {{ kind: string, name: string, export?: string }} Declaration
 *
 * @typedef {Declaration & { from: string }} OfficialPlugin
 */

const CLI = join(root, 'packages/cli');
const MARK = '// Written by scripts/reference.mjs from the `devDependencies` of the command.';

/**
 * The modules, one for each kind of plugin.
 *
 * @returns {readonly (readonly [path: string, text: string])[]}
 */
export function officialPluginModules() {
  const all = officialPlugins();
  return ['activator', 'creator', 'discoverer', 'seeder'].map((kind) => {
    const plugins = all.filter((plugin) => plugin.kind === kind);
    return [join(CLI, 'src/official', `${kind}s.ts`), moduleOf(`${kind}s`, plugins)];
  });
}

/** @returns {readonly OfficialPlugin[]} */
function officialPlugins() {
  const { devDependencies } = manifestOf(join(CLI, 'package.json'));
  return Object.keys(devDependencies).flatMap((from) => {
    /** @type {{ vivarium?: Declaration | readonly Declaration[] }} */
    const { vivarium = [] } = manifestOf(join(CLI, 'node_modules', from, 'package.json'));
    return [vivarium].flat().map((declaration) => ({ ...declaration, from }));
  });
}

/**
 * @param {string} name - what the module exports
 * @param {readonly OfficialPlugin[]} plugins
 */
function moduleOf(name, plugins) {
  // Imports are in alphabetical order, whatever the order of the plugins is.
  const packages = [...new Set(plugins.map(({ from }) => from))].sort();
  const imports = packages.map(
    (from) => `import ${clause(plugins.filter((each) => each.from === from))} from '${from}';`,
  );
  const rows = plugins.map((plugin) => {
    const variable = variableOf(plugin);
    return variable === plugin.name ? `  ${variable},` : `  ${keyOf(plugin.name)}: ${variable},`;
  });
  return `${MARK}\n${imports.join('\n')}\n\n/** In the order in which they are asked and listed. */\nexport const ${name} = {\n${rows.join('\n')}\n};\n`;
}

/** @param {readonly OfficialPlugin[]} plugins - those of one package */
function clause(plugins) {
  const named = plugins.flatMap((plugin) => plugin.export ?? []);
  const [first] = plugins.filter((plugin) => plugin.export === undefined);
  return [first === undefined ? [] : variableOf(first), named.length === 0 ? [] : `{ ${named.join(', ')} }`]
    .flat()
    .join(', ');
}

/** @param {OfficialPlugin} plugin */
function variableOf(plugin) {
  return plugin.export ?? plugin.name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** @param {string} name */
function keyOf(name) {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}

/** @param {string} path */
function manifestOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${dirname(path)} can't be read; has it been installed?`, { cause });
  }
}
