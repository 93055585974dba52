import fc from 'fast-check';

const number = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 3 }).map(String) },
  fc.nat({ max: 30 }).map(String),
  fc.constantFrom('00', '01', '007', '9007199254740993', '20240101123456789012'),
);
const separator = fc.constantFrom('', '', '', '.', '-', '_');
const optional = (arbitrary: fc.Arbitrary<string>) => fc.oneof({ weight: 2, arbitrary: fc.constant('') }, arbitrary);
const glued = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));

const epoch = fc.constantFrom('', '', '', '', '0!', '1!', '2!');
const release = fc.array(number, { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.'));
const pre = glued(
  separator,
  fc.constantFrom('a', 'b', 'c', 'rc', 'alpha', 'beta', 'pre', 'preview', 'A', 'RC'),
  separator,
  optional(number),
);
const post = fc.oneof(
  glued(fc.constant('-'), number),
  glued(separator, fc.constantFrom('post', 'rev', 'r', 'POST'), separator, optional(number)),
);
const dev = glued(separator, fc.constantFrom('dev', 'DEV'), separator, optional(number));
const localPart = fc.oneof(number, fc.constantFrom('a', 'b', 'abc', 'Ubuntu', '1e5', '0x10', '1a', 'e1'));
const local = fc
  .tuple(localPart, fc.array(glued(fc.constantFrom('.', '-', '_'), localPart), { maxLength: 2 }))
  .map(([first, others]) => `+${first}${others.join('')}`);

/** A release without anything else. */
export const plainVersion: fc.Arbitrary<string> = release;

/** Any spelling that PEP 440 permits. */
export const version: fc.Arbitrary<string> = glued(
  fc.constantFrom('', '', '', '', 'v'),
  epoch,
  release,
  optional(pre),
  optional(post),
  optional(dev),
  optional(local),
);

const publicVersion = glued(epoch, release, optional(pre), optional(post), optional(dev));
const space = fc.constantFrom('', '', '', ' ', '  ');

/** A clause that is valid in most cases. */
export const clause: fc.Arbitrary<string> = fc.oneof(
  glued(fc.constantFrom('<', '<=', '>', '>=', '~='), space, publicVersion),
  glued(fc.constantFrom('==', '!=', '==='), space, version),
  glued(fc.constantFrom('==', '!='), space, epoch, release, fc.constant('.*')),
  { weight: 1, arbitrary: glued(fc.constantFrom('==', '>=', '~=', '==='), version, fc.constantFrom('.*', '', '+')) },
);

/** One to three clauses. */
export const specifierText: fc.Arbitrary<string> = fc
  .array(glued(space, clause, space), { minLength: 0, maxLength: 3 })
  .map((clauses) => clauses.join(','));

/** Texts of the characters that matter here, in any order. */
export const looseText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...'0123.-_+!abcrv*<>=~,;()[]@ "\'', 'dev', 'post', ' and ', ' or ', ' in ', 'os_name'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** Any text, of halves of surrogate pairs too. `fc.string` needs seconds to prepare for that. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff })))
  .map((units) => String.fromCharCode(...units));
