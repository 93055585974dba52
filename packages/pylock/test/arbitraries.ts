import type { LockedFile, LockedPackage, PackageSource, Pylock, TomlTable } from '@vivarium/pylock';
import fc from 'fast-check';
import { TomlDate } from 'smol-toml';

const name = fc.stringMatching(/^[a-z0-9]([a-z0-9]|-[a-z0-9]){0,6}$/);
const names = fc.uniqueArray(name, { maxLength: 3 });
const text = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab"\\\'#\n\r\t=[]{}é😀\u007f\u0001 ') });
const version = fc.constantFrom('1', '1.0', '2.3.4rc1', '1!2.0.post3', '0.1.dev4', '1.0+cpu');
const marker = fc.constantFrom(
  'os_name == "nt"',
  `python_version < "3.9" and 'dev' in dependency_groups`,
  '"color" in extras or sys_platform != \'win32\'',
);
const specifier = fc.constantFrom('>=3.9', '>=3.8,<4', '~=3.10', '!=3.11.*');
const hex = (length: number) =>
  fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(...'0123456789abcdef') });
const hashes = fc
  .record({ sha256: hex(64), sha512: hex(128), md5: hex(32), other: text }, { requiredKeys: ['sha256'] })
  .map((all) => ({ ...all }));
const time = fc
  .date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const toml: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.double(),
    fc.constant(new TomlDate('2025-01-01T10:00:00Z')),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(name, text), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const table = fc.dictionary(fc.oneof(name, text, fc.constant('')), toml, {
  maxKeys: 3,
  noNullPrototype: true,
}) as fc.Arbitrary<TomlTable>;

const url = fc.constantFrom('https://e.org/a/b.whl', 'http://e.org/%2B?x', 'file:///a');
const content = fc.oneof(
  fc.record({ url, path: text, size: fc.nat(), uploadTime: time, hashes }, { requiredKeys: ['url', 'hashes'] }),
  fc.record({ path: text, hashes }),
);

const file = (fileName: string): fc.Arbitrary<LockedFile> => content.map((parts) => ({ name: fileName, ...parts }));
const tags = [
  'py3-none-any',
  '1-py3-none-any',
  'cp313-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64',
  'cp39-cp39-win32',
];

function filesOf(project: string, number: string): fc.Arbitrary<PackageSource> {
  const stem = `${project.replaceAll('-', '_')}-${number}`;
  const sdist = file(`${stem}.tar.gz`);
  const wheels = fc
    .tuple(...tags.map((tag) => file(`${stem}-${tag}.whl`)))
    .chain((all) => fc.subarray(all, { minLength: 1 }));
  return fc.oneof(
    fc.record({ kind: fc.constant('files' as const), wheels, sdist }, { requiredKeys: ['kind', 'wheels'] }),
    fc.record({ kind: fc.constant('files' as const), wheels: fc.constant([]), sdist }),
  );
}

const below = fc.constantFrom('a', 'a/b');
const location = fc.oneof(fc.record({ url: text }), fc.record({ path: text }), fc.record({ url: text, path: text }));
const treeSource: fc.Arbitrary<PackageSource> = fc.oneof(
  fc
    .tuple(content, fc.option(below, { nil: undefined }))
    .map(
      ([parts, subdirectory]): PackageSource => ({ kind: 'archive', ...parts, ...(subdirectory && { subdirectory }) }),
    ),
  fc.tuple(location, text, fc.option(text, { nil: undefined })).map(
    ([place, commitId, revision]): PackageSource => ({
      kind: 'vcs',
      type: 'git',
      ...place,
      commitId,
      ...(revision && { requestedRevision: revision }),
    }),
  ),
  fc.record(
    { kind: fc.constant('directory' as const), path: text, editable: fc.boolean(), subdirectory: below },
    { requiredKeys: ['kind', 'path', 'editable'] },
  ),
);

const lockedPackage: fc.Arbitrary<LockedPackage> = fc.tuple(name, version).chain(([project, number]) => {
  const more = fc.record(
    {
      marker,
      requiresPython: specifier,
      dependencies: fc.array(table, { minLength: 1, maxLength: 2 }),
      index: text,
      attestationIdentities: fc.array(
        table.map((extra): TomlTable => ({ ...extra, kind: 'GitHub' })),
        { maxLength: 2 },
      ),
      tool: table,
    },
    { requiredKeys: [] },
  );
  const identified = fc.constant({ name: project, version: number });
  const sourced = fc.oneof(filesOf(project, number), treeSource);
  return fc
    .tuple(identified, more, sourced)
    .map(([id, others, source]): LockedPackage => ({ ...id, ...others, source }));
});

/** Any lock that PEP 751 permits. */
export const pylock: fc.Arbitrary<Pylock> = fc.record(
  {
    lockVersion: fc.constant('1.0'),
    createdBy: text,
    requiresPython: specifier,
    environments: fc.array(fc.constantFrom('os_name == "nt"', "python_version >= '3.9'"), { maxLength: 2 }),
    extras: names,
    dependencyGroups: names,
    defaultGroups: names,
    packages: fc.array(lockedPackage, { maxLength: 3 }),
    tool: table,
  },
  { requiredKeys: ['lockVersion', 'createdBy', 'extras', 'dependencyGroups', 'defaultGroups', 'packages'] },
);

/** Any text, of halves of surrogate pairs too. `fc.string` needs seconds to prepare for that. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff })))
  .map((units) => String.fromCharCode(...units));
