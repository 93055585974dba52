// Writes the reference pages: of the command, the settings, the library, errors, plans and plugins out of the registries
// that they are declared in, and of the plugin contracts out of the TSDoc in core; and the command's tables of official
// plugins out of what these packages declare.
//
//   node scripts/reference.mjs           writes them
//   node scripts/reference.mjs --check   fails if what is committed is not what would be written
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'tsup';
import { officialPluginModules } from './reference/official-plugins.mjs';
import { sectionsOf } from './reference/tsdoc.mjs';
import { root } from './set-up.mjs';

/**
 * By page: its title, what it says at its head, and the files whose exports it lists.
 *
 * @type {Readonly<Record<string, readonly [title: string, purpose: string, files: readonly string[]]>>}
 */
const CONTRACTS = {
  activator: [
    'Activator',
    'Writes the scripts with which one shell activates and deactivates an environment.',
    ['activator.ts'],
  ],
  creator: ['Creator', 'Says if it can create an environment for an interpreter, and plans its files.', ['creator.ts']],
  seeder: ['Seeder', 'Installs the first packages.', ['seeder.ts']],
  discoverer: [
    'Discoverer',
    'Finds executables that may be the Python that is asked for.',
    ['discoverer.ts', 'spec/spec.ts'],
  ],
  shared: [
    'What all kinds share',
    'Plugins, their options, environments, interpreters, steps and errors.',
    ['plugin.ts', 'settings/option.ts', 'context.ts', 'environment.ts', 'interpreter.ts', 'plan/step.ts', 'error.ts'],
  ],
};

/** @typedef {readonly [path: string, text: string]} WrittenPage */

// Everything else in the sources is imported as text.
const CODE = /\.(?:[cm]?[jt]s|json)$/;
const isCheck = process.argv.includes('--check');
// First the modules: the pages are written from them.
const written = [...officialPluginModules(), ...contractPages()].map(keep);
for (const page of await registryPages()) written.push(keep(page));
const stale = written.filter(({ isRight }) => !isRight);
if (stale.length > 0) {
  const names = stale.map(({ path }) => relative(root, path)).join(', ');
  process.stderr.write(`${names}: not as the source has it; run node scripts/reference.mjs\n`);
  process.exit(1);
}

/** @returns {readonly WrittenPage[]} */
function contractPages() {
  const directory = join(root, 'docs/plugins/reference');
  // Only what the package exports is a contract.
  const exported = new Set(readFileSync(join(root, 'packages/core/src/entries/plugin.ts'), 'utf8').match(/\w+/g));
  return Object.entries(CONTRACTS).map(([name, [title, purpose, files]]) => {
    const sections = files.flatMap((file) =>
      sectionsOf(join(root, 'packages/core/src', file), (each) => exported.has(each)),
    );
    const others = Object.entries(CONTRACTS).filter(([other]) => other !== name);
    const links = others.map(([other, [label]]) => `[${label}](${other}.md)`).join(' · ');
    const mark = '<!-- Written by scripts/reference.mjs from the TSDoc in packages/core/src. -->';
    return [join(directory, `${name}.md`), joined([mark, `# ${title}`, purpose, links, ...sections])];
  });
}

/** @returns {Promise<readonly WrittenPage[]>} */
async function registryPages() {
  const { pages } = await loadPages();
  const all = Object.entries(await pages());
  return all.map(([name, { title, parts }]) => {
    const links = all.filter(([other]) => other !== name).map(([other, page]) => `[${page.title}](${other}.md)`);
    const sections = parts.flatMap((part) => {
      if (typeof part === 'string') return [part];
      return sectionsOf(join(root, part.file), (each) => part.names?.includes(each) ?? true);
    });
    const mark = '<!-- Written by scripts/reference.mjs from the declarations in the sources. -->';
    return [join(root, 'docs/reference', `${name}.md`), joined([mark, `# ${title}`, links.join(' · '), ...sections])];
  });
}

/**
 * The module that reads the registries. It imports the sources, which Node.js 20 cannot run as they are.
 *
 * @returns {Promise<typeof import('./reference/pages.ts')>}
 */
async function loadPages() {
  const directory = join(root, 'node_modules/.cache/reference');
  await build({
    config: false,
    entry: { pages: join(root, 'scripts/reference/pages.ts') },
    outDir: directory,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    noExternal: [/.*/],
    splitting: false,
    silent: true,
    tsconfig: join(root, 'tsconfig.json'),
    outExtension: () => ({ js: '.mjs' }),
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    esbuildPlugins: [
      {
        name: 'texts',
        setup({ onLoad }) {
          onLoad({ filter: /\/packages\/[^/]+\/src\// }, ({ path }) =>
            CODE.test(path) ? undefined : { contents: readFileSync(path, 'utf8'), loader: 'text' },
          );
        },
      },
    ],
  });
  const module = await import(pathToFileURL(join(directory, 'pages.mjs')).href);
  rmSync(directory, { recursive: true });
  return module;
}

/** @param {readonly string[]} parts */
function joined(parts) {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/**
 * Writes a file, or with `--check` says whether it is as it should be.
 *
 * @param {WrittenPage} page
 */
function keep([path, text]) {
  if (isCheck) return { path, isRight: existsSync(path) && readFileSync(path, 'utf8') === text };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return { path, isRight: true };
}
