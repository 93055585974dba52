import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONG_NAMES, SHORT_NAMES } from '../src/virtualenv/option-names.ts';
import { readArguments } from '../src/virtualenv/read-arguments.ts';

/** Reads command lines by Python's own argparse, with virtualenv's options declared: `null` where it refuses one. */
const ARGPARSE = `
import argparse, json, sys

class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise SystemExit(message)

names, shorts, lines = json.load(sys.stdin)
letters = {name: letter for letter, name in shorts.items()}
parser = Parser(add_help=False)
for name, arity in names.items():
    strings = ["--" + name] + (["-" + letters[name]] if name in letters else [])
    if arity == "flag":
        parser.add_argument(*strings, action="append_const", const=True)
    elif arity == "value":
        parser.add_argument(*strings, action="append")
    else:
        parser.add_argument(*strings, action="extend", nargs="+")
answers = []
for line in lines:
    try:
        known, others = parser.parse_known_args(line)
        given = {key.replace("_", "-"): value for key, value in vars(known).items() if value is not None}
        answers.append([given, others])
    except SystemExit:
        answers.append(None)
json.dump(answers, sys.stdout)
`;

const names = Object.keys(LONG_NAMES);
const beginning = fc
  .tuple(fc.constantFrom(...names), fc.nat(20))
  .map(([name, length]) => `--${name.slice(0, length + 1)}`);
const value = fc.constantFrom(
  '3.12',
  'x',
  '-1',
  '-.5',
  '-',
  '',
  'a b',
  '-a b',
  '>=3.9',
  'päth',
  '-p x',
  '--prompt=a b',
);
const word = fc.oneof(
  { weight: 4, arbitrary: beginning },
  { weight: 1, arbitrary: fc.tuple(beginning, value).map((parts) => parts.join('=')) },
  { weight: 4, arbitrary: value },
  {
    weight: 2,
    arbitrary: fc.constantFrom('-p', '-p3.12', '-v', '-vv', '-vp3.12', '-qv', '-p=3.9', '-h', '-x', '--nope'),
  },
);

test('a command line is read as argparse reads it', () => {
  const lines = fc
    .sample(fc.array(word, { maxLength: 6 }), { numRuns: 4000, seed: 20 })
    .map((line) => ['env', ...line]);
  const input = JSON.stringify([LONG_NAMES, SHORT_NAMES, lines]);
  const answers = JSON.parse(execFileSync('python3', ['-c', ARGPARSE], { input, encoding: 'utf8' })) as unknown[];
  expect(answers.filter((answer) => answer !== null).length).toBeGreaterThan(400);
  for (const [index, line] of lines.entries()) {
    expect({ line, read: readSorted(line) }).toEqual({ line, read: answers[index] });
  }
});

/** What is read, as argparse would say it: the options' values by name, and all other words in order. */
function readSorted(line: readonly string[]): unknown {
  try {
    const given: Record<string, (string | true)[]> = {};
    const others: string[] = [];
    for (const arg of readArguments(line).args) {
      const [, name = '', text] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
      if (!Object.hasOwn(LONG_NAMES, name) || (LONG_NAMES[name] !== 'flag' && text === undefined)) others.push(arg);
      else given[name] = [...(given[name] ?? []), text ?? true];
    }
    return [given, others];
  } catch {
    return null;
  }
}

test.each([
  [
    ['--extra-search-dir', 'a', 'b', 'env'],
    ['--extra-search-dir=a', '--extra-search-dir=b', 'env'],
  ],
  [
    ['--extra-search-dir', 'a', 'env', '-q'],
    ['--extra-search-dir=a', 'env', '--quiet'],
  ],
  [
    ['env', '--extra-search-dir', 'a', 'b'],
    ['env', '--extra-search-dir=a', '--extra-search-dir=b'],
  ],
  [['--extra-search-dir', 'a'], ['--extra-search-dir=a']],
  [
    ['--extra-search-dir', 'a', 'b', '--', 'env'],
    ['--extra-search-dir=a', '--extra-search-dir=b', '--', 'env'],
  ],
  [
    ['--no-seed', '--', '--sys'],
    ['--no-seed', '--', '--sys'],
  ],
  [
    ['--link-mode', 'copy', 'env'],
    ['--link-mode', 'copy', 'env'],
  ],
])('%j is read as %j', (given, args) => {
  expect(readArguments(given).args).toEqual(args);
});

test.each([
  [['--ver'], 'ambiguous option: --ver could match --version, --verbose'],
  [['--no-p'], 'ambiguous option: --no-p could match --no-pip, --no-periodic-update'],
  [['-p'], 'argument --python: expected one argument'],
  [['--prompt', '--clear'], 'argument --prompt: expected one argument'],
  [['--extra-search-dir', '-q'], 'argument --extra-search-dir: expected at least one argument'],
  [['--clear=yes'], 'argument --clear: takes no value, got `yes`'],
])('%j is wrong usage', (given, message) => {
  expect(() => readArguments(given)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
});
