import { join, posix } from 'node:path';
import { type Environment, inEnvironment, type LinkMode, type Step } from '@vivarium/core/plugin';
import { noteName } from '@vivarium/wheel-resolver';
import { type Image, type ImageTree, isTopLevel, LINKED, schemeDirectory } from './image/image.ts';
import { consoleScript } from './script/console-script.ts';
import { shebang } from './script/shebang.ts';

/** The steps that put an image into an environment. */
export function planImage(image: Image, environment: Environment, link: readonly LinkMode[]): readonly Step[] {
  const { layout } = environment;
  const { manifest, directory } = image;
  return [
    ...manifest.trees.flatMap((tree): readonly Step[] => {
      const path = schemeDirectory(tree.scheme, layout, manifest.name);
      const source = join(directory, manifest.tree, tree.scheme);
      if (link.includes('symlink') && tree.scheme === manifest.root) return linkTops(image, tree, path);
      return [{ kind: 'tree', path, source, directories: tree.directories, files: tree.files, link }];
    }),
    ...planScripts(image, environment),
  ];
}

// `pip3` and `pip3.12` are the same as `pip`: they are links to it, which take up no block of the disk.
function planScripts({ manifest }: Image, environment: Environment): readonly Step[] {
  const { layout, interpreter } = environment;
  const head = `${shebang(inEnvironment(environment, layout.executable), interpreter).join('\n')}\n`;
  const scripts = [
    ...manifest.consoleScripts.map((script) => ({ name: script.name, text: consoleScript(script) })),
    ...manifest.ownScripts.map(({ name, body }) => ({ name, text: body })),
  ];
  const first = new Map<string, string>();
  return scripts.map(({ name, text }): Step => {
    const path = `${layout.scripts}/${name}`;
    const file = { contents: head + text, mode: 0o777 } as const;
    const same = first.get(text);
    if (same !== undefined) return { kind: 'symlink', path, target: same, orFile: file };
    first.set(text, name);
    return { kind: 'file', path, ...file };
  });
}

// Whole directories are linked, by one long link to the image and short ones through it: only the long one takes up a
// block of the disk. The .dist-info is the environment's own: pip and uv write into it, and uv sees none that is a link.
// Its RECORD names the links: pip takes those away, and never what they lead to.
function linkTops({ directory, manifest }: Image, tree: ImageTree, path: string): readonly Step[] {
  const { distInfo, tree: files, linked } = manifest;
  const tops = [...new Set(tree.files.map((file) => file.split('/')[0] ?? file))].filter((top) => top !== distInfo);
  return [
    { kind: 'tree', path, source: directory, directories: [], files: [files], link: ['symlink'] },
    ...tops.map((top): Step => {
      return { kind: 'symlink', path: `${path}/${top}`, target: posix.join(files, tree.scheme, top) };
    }),
    ...linked.files.filter(isTopLevel).map((file): Step => {
      return { kind: 'copy', path: `${path}/${file}`, source: join(directory, files, LINKED, file), mode: 0o644 };
    }),
    // Licences, for the most part: they would take up more of the disk than all the rest.
    ...linked.directories.filter(isTopLevel).map((inner): Step => {
      return { kind: 'symlink', path: `${path}/${inner}`, target: posix.join('..', files, LINKED, inner) };
    }),
    { kind: 'file', path: `${path}/${noteName(files)}`, contents: NOTE },
  ];
}

// pip removes a directory as a whole when every file below it is to go, and does not count links. This is a file that no
// RECORD names, so that site-packages is never such a directory.
const NOTE = `The packages next to this file are links into vivarium's cache, which other environments share.
This file keeps pip from removing the directory that it is in. It can be removed once the links are gone.
`;
