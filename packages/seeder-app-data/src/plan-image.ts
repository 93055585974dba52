import { join } from 'node:path';
import { type Environment, inEnvironment, type LinkMode, type Step } from '@vivarium/core';
import { type Image, type ImageTree, LINKED, schemeFolder, TREE } from './image/image.ts';
import { consoleScript } from './script/console-script.ts';
import { shebang } from './script/shebang.ts';

/** The steps that put an image into an environment. */
export function planImage(image: Image, environment: Environment, link: readonly LinkMode[]): readonly Step[] {
  const { layout, interpreter } = environment;
  const { manifest, folder } = image;
  const head = `${shebang(inEnvironment(environment, layout.executable), interpreter).join('\n')}\n`;
  const scripts = [
    ...manifest.consoleScripts.map((script) => ({ name: script.name, contents: head + consoleScript(script) })),
    ...manifest.ownScripts.map(({ name, body }) => ({ name, contents: head + body })),
  ];
  return [
    ...manifest.trees.flatMap((tree): readonly Step[] => {
      const path = schemeFolder(tree.scheme, layout, manifest.name);
      const source = join(folder, TREE, tree.scheme);
      if (link.includes('symlink') && tree.scheme === manifest.root) return linkTops(image, tree, path);
      return [{ kind: 'tree', path, source, directories: tree.directories, files: tree.files, link }];
    }),
    ...scripts.map(({ name, contents }): Step => {
      return { kind: 'file', path: `${layout.scripts}/${name}`, contents, mode: 0o777 };
    }),
  ];
}

// Whole folders are linked. The .dist-info is another then, whose RECORD names the links: pip takes those away, and
// never what they lead to.
function linkTops({ folder, manifest }: Image, tree: ImageTree, path: string): readonly Step[] {
  const { distInfo } = manifest;
  const tops = [...new Set(tree.files.map((file) => file.split('/')[0] ?? file))].filter((top) => top !== distInfo);
  const base = { kind: 'tree', path, directories: [], link: ['symlink'] } as const;
  return [
    { ...base, source: join(folder, TREE, tree.scheme), files: tops },
    { ...base, source: join(folder, LINKED), files: [distInfo] },
  ];
}
