import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import {
  type CopyStep,
  type Environment,
  type FileStep,
  inEnvironment,
  type LinkMode,
  type PackageToInstall,
  type RemoveStep,
  type RunStep,
  type Step,
  type SymlinkStep,
} from '@vivarium/core/plugin';
import { relocatableShebang, shebang } from '@vivarium/environment-layout';
import { noteName, receiptOf } from '@vivarium/wheel-resolver';
import { type Image, type ImageTree, isTopLevel, LINKED, RECEIPT, schemeDirectory } from './image/image.ts';
import { consoleScript } from './script/console-script.ts';

/** Where an image goes, and how. */
export interface Placing {
  readonly environment: Environment;
  readonly link: readonly LinkMode[];
}

/** The steps that install a package out of its image. */
export function planImage(wanted: PackageToInstall, built: Image, { environment, link }: Placing): readonly Step[] {
  const image = wanted.directUrl === undefined ? built : withoutRecord(built);
  const { manifest, directory } = image;
  const owner = { package: manifest.name };
  const steps = [
    ...manifest.trees.flatMap((tree): readonly Exclude<Step, RunStep | RemoveStep>[] => {
      const path = schemeDirectory(tree.scheme, environment, manifest.name);
      const source = join(directory, manifest.tree, tree.scheme);
      if (link.includes('symlink') && tree.scheme === manifest.root) return linkTops(image, tree, path);
      return [{ kind: 'tree', path, source, directories: tree.directories, files: tree.files, link }];
    }),
    ...planMetadata(wanted, image, { environment, link }),
    ...planScripts(image, environment),
  ];
  return steps.map((step) => ({ ...step, ...owner }));
}

// A package that says where it came from has a RECORD of its own, which lists the file with that.
function withoutRecord({ manifest, ...image }: Image): Image {
  const record = `${manifest.distInfo}/RECORD`;
  const others = (files: readonly string[]): readonly string[] => files.filter((file) => file !== record);
  const trees = manifest.trees.map((tree) =>
    tree.scheme === manifest.root ? { ...tree, files: others(tree.files) } : tree,
  );
  const linked = { ...manifest.linked, files: others(manifest.linked.files) };
  return { ...image, manifest: { ...manifest, trees, linked } };
}

// What differs between environments that have the same wheel: where it came from.
function planMetadata(
  wanted: PackageToInstall,
  { directory, manifest }: Image,
  { environment: { layout }, link }: Placing,
): readonly FileStep[] {
  const { root, distInfo, tree } = manifest;
  const path = `${layout[root]}/${distInfo}`;
  const receipt = `${JSON.stringify(receiptOf(wanted), undefined, 2)}\n`;
  const steps: FileStep[] = [{ kind: 'file', path: `${path}/${RECEIPT}`, contents: receipt }];
  if (wanted.directUrl === undefined) return steps;
  const from = join(directory, tree, link.includes('symlink') ? LINKED : root, distInfo, 'RECORD');
  const record = `${readFileSync(from, 'utf8')}${distInfo}/direct_url.json,,\n`;
  return [
    ...steps,
    { kind: 'file', path: `${path}/direct_url.json`, contents: JSON.stringify(wanted.directUrl) },
    { kind: 'file', path: `${path}/RECORD`, contents: record },
  ];
}

// `pip3` and `pip3.12` are the same as `pip`: they are links to it, which take up no block of the disk.
function planScripts({ manifest }: Image, environment: Environment): readonly (FileStep | SymlinkStep)[] {
  const { layout, interpreter } = environment;
  const executable = inEnvironment(environment, layout.executable);
  const name = posix.basename(layout.executable);
  const headOf = (options?: string) => {
    const lines = environment.isRelocatable
      ? relocatableShebang(name, interpreter, options)
      : shebang(executable, interpreter, options);
    return `${lines.join('\n')}\n`;
  };
  const head = headOf();
  const scripts = [
    ...manifest.consoleScripts.map((script) => ({ name: script.name, contents: head + consoleScript(script) })),
    ...manifest.ownScripts.map(({ name, body, options }) => ({
      name,
      contents: (options === undefined ? head : headOf(options)) + body,
    })),
  ];
  const first = new Map<string, string>();
  return scripts.map(({ name, contents }) => {
    const path = `${layout.scripts}/${name}`;
    const file = { contents, mode: 0o777 } as const;
    const same = first.get(contents);
    if (same !== undefined) return { kind: 'symlink', path, target: same, orFile: file };
    first.set(contents, name);
    return { kind: 'file', path, ...file };
  });
}

// Whole directories are linked, by one long link to the image and short ones through it: only the long one takes up a
// block of the disk. The .dist-info is the environment's own: pip and uv write into it, and uv sees none that is a link.
// Its RECORD names the links: pip takes those away, and never what they lead to.
function linkTops(
  { directory, manifest }: Image,
  tree: ImageTree,
  path: string,
): readonly Exclude<Step, RunStep | RemoveStep>[] {
  const { distInfo, tree: files, linked } = manifest;
  const tops = [...new Set(tree.files.map((file) => file.split('/')[0] ?? file))].filter((top) => top !== distInfo);
  return [
    { kind: 'tree', path, source: directory, directories: [], files: [files], link: ['symlink'] },
    ...tops.map((top): SymlinkStep => {
      return { kind: 'symlink', path: `${path}/${top}`, target: posix.join(files, tree.scheme, top) };
    }),
    ...linked.files.filter(isTopLevel).map((file): CopyStep => {
      return { kind: 'copy', path: `${path}/${file}`, source: join(directory, files, LINKED, file), mode: 0o644 };
    }),
    // Licences, for the most part: they would take up more of the disk than all the rest.
    ...linked.directories.filter(isTopLevel).map((inner): SymlinkStep => {
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
