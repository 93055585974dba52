import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isVivariumError } from '@vivarium/core/plugin';
import { formatSpec, matchesSpec, parseSpec } from '@vivarium/discovery';
import { anyPython } from '@vivarium/test-utils/pythons';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpreterOf } from './interpreter.ts';

test('any text is a spec or is refused with an error for users', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{0,8}[\d.,=<>~! tdrc*+-]{0,16}$/)), (text) => {
      try {
        expect(['path', 'version']).toContain(parseSpec(text).kind);
      } catch (error) {
        expect(isVivariumError(error) && error.code).toBe('SPEC_INVALID');
      }
    }),
    { numRuns: 2000 },
  );
});

test('a text of any length is read in one go', () => {
  // What takes the square of the length would not be done today.
  const piece = fc.oneof(
    fc.constantFrom('a', '3.', '+a', '-a', '>=3,', '==3.1,', '  >', 'rc1', '@', '\\', '.*', '1!'),
    fc.string({ minLength: 1, maxLength: 4 }),
  );
  const texts = fc.tuple(fc.constantFrom('', '3', '>=3', 'cpython'), piece, fc.constantFrom('', '!', '-64'));
  fc.assert(
    fc.property(texts, ([begin, repeated, end]) => {
      // Each part of a range takes its time, if no more than that.
      const times = (repeated.endsWith(',') ? 10_000 : 200_000) / repeated.length;
      try {
        parseSpec(begin + repeated.repeat(times) + end);
      } catch (error) {
        expect(isVivariumError(error) && error.code).toBe('SPEC_INVALID');
      }
    }),
    { numRuns: 40 },
  );
});

const names = fc.constantFrom('', 'py', 'python', 'cpython', 'cp', 'pypy', 'graalpy', 'RustPython');
const number = fc.nat({ max: 20 });
const numbers = fc.oneof(
  fc.nat({ max: 9 }).map(String),
  fc.tuple(fc.nat({ max: 9 }), number).map((parts) => parts.join('.')),
  fc.tuple(fc.nat({ max: 9 }), number, number).map((parts) => parts.join('.')),
);
const place = fc.tuple(fc.constantFrom('', '-32', '-64'), fc.constantFrom('', '-arm64', '-AMD64', '-ppc64le'));
const operator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const range = fc
  .array(fc.tuple(operator, numbers, fc.constantFrom('', '', 'rc1', 'b2')), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map((part) => part.join('')).join(','));
const specs = fc.oneof(
  fc.tuple(names, numbers, fc.constantFrom('', 't', 'd', 'td'), place).map((parts) => parts.flat().join('')),
  fc.tuple(names, range, fc.constantFrom('', '+freethreaded', '+debug'), place).map((parts) => parts.flat().join('')),
  fc
    .tuple(
      fc.constantFrom('any', 'python', 'cpython', 'pypy', 'graalpy'),
      fc.oneof(
        fc.constant('any'),
        numbers,
        numbers.map((version) => `${version}rc1+debug`),
      ),
      fc.constantFrom('any', 'linux', 'macos', 'windows'),
      fc.constantFrom('any', 'x86_64', 'aarch64', 'x86_64_v2', 'powerpc64le'),
      fc.constantFrom('gnu', 'gnueabihf', 'musl', 'none'),
    )
    .map((parts) => parts.join('-')),
  fc.tuple(fc.constantFrom('pypy', 'graalpy'), numbers).map(([name, number]) => `${name}3.9-7.${number}.1`),
);

test('what a spec says survives being written and read again', () => {
  fc.assert(
    fc.property(specs, (text) => {
      const { text: _, ...spec } = parseSpec(text);
      const { text: __, ...again } = parseSpec(formatSpec(parseSpec(text)));
      expect(again).toStrictEqual(spec);
    }),
    { numRuns: 1000 },
  );
});

// pip carries the reference implementation of PEP 440 with it: one that is installed, or a wheel of it.
const ORACLE = `
import glob, json, os, sys
wheels = [glob.glob(os.path.join(where, "pip-[2-9][0-9]*.whl")) for where in (
    sys.argv[1], os.path.join(os.path.dirname(os.__file__), "ensurepip", "_bundled"), "/usr/share/python-wheels")]
for path in [None] + sorted(sum(wheels, []), key=os.path.basename, reverse=True):
    sys.path[:0] = [path] if path else []
    try:
        from pip._vendor.packaging.specifiers import SpecifierSet
        break
    except Exception:
        sys.path[:] = [one for one in sys.path if one != path]
        for name in [name for name in sys.modules if name.split(".")[0] == "pip"]:
            del sys.modules[name]
else:
    sys.exit("no pip")
print(json.dumps([SpecifierSet(s).contains(v, prereleases=True) for s, v in json.load(sys.stdin)]))
`;
const WHEELS = fileURLToPath(new URL('../../seed-wheels/wheels', import.meta.url));

test('a range means what PEP 440 says, but for == and != with a whole series', ({ skip }) => {
  const triple = fc
    .tuple(fc.constantFrom(2, 3), fc.nat({ max: 15 }), fc.nat({ max: 3 }))
    .map((parts) => parts.join('.'));
  const release = fc.oneof(
    triple,
    fc.tuple(fc.constantFrom(2, 3), fc.nat({ max: 15 })).map((parts) => parts.join('.')),
  );
  const ordered = fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '~='), release).map((parts) => parts.join(''));
  const exact = fc.tuple(fc.constantFrom('==', '!='), triple).map((parts) => parts.join(''));
  const series = fc.tuple(fc.constantFrom('==', '!='), release).map((parts) => `${parts.join('')}.*`);
  const some = fc.array(fc.oneof(ordered, exact, series), { minLength: 1, maxLength: 3 });
  const samples = fc.sample(
    fc.tuple(
      some.map((parts) => parts.join(',')),
      triple,
    ),
    { numRuns: 3000, seed: 440 },
  );
  const input = JSON.stringify(samples);
  const oracle = spawnSync(anyPython().executable, ['-c', ORACLE, WHEELS], { input, encoding: 'utf8' });
  skip(oracle.stderr.trim() === 'no pip', 'needs a pip, installed or as a wheel');
  const expected: boolean[] = JSON.parse(oracle.stdout);
  const answers = samples.map(([spec, version]) => matchesSpec(interpreterOf({ version }), parseSpec(spec)) === true);
  const wrong = samples.filter((_, index) => answers[index] !== expected[index]);
  expect(wrong).toStrictEqual([]);
  expect(new Set(expected).size).toBe(2);
});
