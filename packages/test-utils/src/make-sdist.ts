import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { makeTar } from './make-tar.ts';
import { makeWheel } from './make-wheel.ts';

/** What {@link makeSdist} makes a source distribution of. */
export interface SdistRecipe {
  readonly name: string;
  readonly version: string;
  /** Lines of `Requires-Dist`. */
  readonly requires?: readonly string[];
  /** Python that runs while the wheel is built. */
  readonly whileBuilding?: string;
}

/** A source distribution in memory. */
export interface MadeSdist {
  readonly file: string;
  readonly bytes: Buffer;
  /** In hexadecimal. */
  readonly sha256: string;
}

/**
 * A source distribution that pip can build without an index: its build backend is part of it, and writes out a wheel that
 * was made before. It is a `.tar.gz`, as PEP 625 has it.
 */
export function makeSdist(recipe: SdistRecipe): MadeSdist {
  const stem = `${recipe.name.replaceAll('-', '_')}-${recipe.version}`;
  const bytes = gzipSync(
    makeTar(sourceTree(recipe).map(({ name, contents }) => ({ name: `${stem}/${name}`, contents }))),
  );
  return { file: `${stem}.tar.gz`, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The files of such a source tree, relative to its root. */
export function sourceTree(recipe: SdistRecipe): readonly { readonly name: string; readonly contents: string }[] {
  const { name, version, requires = [], whileBuilding = '' } = recipe;
  const wheel = makeWheel({ name, version, requires });
  return [
    { name: 'PKG-INFO', contents: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n` },
    {
      name: 'pyproject.toml',
      contents: `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n`,
    },
    { name: 'backend.py', contents: backend({ ...wheel, name, version, whileBuilding }) },
    { name: `${name.replaceAll(/[-.]/g, '_')}.py`, contents: `VERSION = "${version}"\n` },
  ];
}

interface Built {
  readonly file: string;
  readonly bytes: Buffer;
  readonly name: string;
  readonly version: string;
  readonly whileBuilding: string;
}

// An editable wheel has only a `.pth` with the source tree (PEP 660).
function backend({ file, bytes, name, version, whileBuilding }: Built): string {
  const stem = `${name.replaceAll('-', '_')}-${version}`;
  return `import base64, os, zipfile

WHEEL = "${bytes.toString('base64')}"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
${[...whileBuilding.split('\n'), `with open(os.path.join(wheel_directory, "${file}"), "wb") as f:`].map((line) => `    ${line}`).join('\n')}
        f.write(base64.b64decode(WHEEL))
    return "${file}"


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(os.path.join(wheel_directory, "${file}"), "w") as z:
        z.writestr("__editable__.${stem}.pth", os.getcwd() + "\\n")
        z.writestr("${stem}.dist-info/METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: ${version}\\n")
        z.writestr("${stem}.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        z.writestr("${stem}.dist-info/RECORD", "__editable__.${stem}.pth,,\\n${stem}.dist-info/METADATA,,\\n${stem}.dist-info/WHEEL,,\\n${stem}.dist-info/RECORD,,\\n")
    return "${file}"
`;
}
