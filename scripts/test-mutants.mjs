// `npm run test:mutants`: changes the sources that a guarantee of SECURITY.md rests on, one place at a time, and looks
// whether a test notices (StrykerJS). `npm run test:mutants -- quoting trust` takes some of the areas in
// `mutants/areas.mjs`. Survivors that no test can notice are listed with the reason in `mutants/equivalent.json`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areas } from './mutants/areas.mjs';
import { root, run, setUp, tool } from './set-up.mjs';

const LEAST = 90;
/**
 * @typedef {{ readonly line: number, readonly column: number }} Position
 *
 * @typedef {{ readonly status: string, readonly replacement: string, readonly location: { readonly start: Position, readonly end: Position } }} Mutant
 *
 * @typedef {{ readonly file: string, readonly original: string, readonly replacement: string }} Change
 */

/** @type {readonly Change[]} */
const equivalent = JSON.parse(readFileSync(join(root, 'scripts/mutants/equivalent.json'), 'utf8'));

const given = process.argv.slice(2);
const unknown = given.filter((name) => !(name in areas));
if (unknown.length > 0) {
  process.stderr.write(
    `test-mutants: unknown area ${unknown.join(', ')}; there are ${Object.keys(areas).join(', ')}\n`,
  );
  process.exit(2);
}
setUp();
const failed = (given.length > 0 ? given : Object.keys(areas)).filter((name) => !isCovered(name));
process.exit(failed.length === 0 ? 0 : 1);

/**
 * Tests the mutants of one area and prints its figures.
 *
 * @param {string} name
 */
function isCovered(name) {
  const args = ['run', 'scripts/mutants/stryker.config.mjs'];
  if (run(tool('stryker'), args, { env: { VIVARIUM_MUTANTS: name } }) !== 0) return false;
  /** @type {{ files: Readonly<Record<string, { source: string, mutants: readonly Mutant[] }>> }} */
  const { files } = JSON.parse(readFileSync(join(root, `node_modules/.cache/mutants/${name}.json`), 'utf8'));
  const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, ...placeOf(mutant, source), file })),
  );
  const killed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const open = survivors.filter((mutant) => !isEquivalent(mutant));
  for (const { file, line, original, replacement } of open) {
    process.stdout.write(`survived: ${file}:${line} ${original} → ${replacement}\n`);
  }
  const score = (100 * killed.length) / (killed.length + survivors.length);
  process.stdout.write(
    `${name}: ${killed.length} of ${killed.length + survivors.length} killed (${score.toFixed(1)} %), ${survivors.length - open.length} equivalent, ${open.length} open\n`,
  );
  return score >= LEAST;
}

/**
 * The code that a mutant replaces; the first line of it where there are several.
 *
 * @param {Mutant} mutant
 * @param {string} source
 */
function placeOf({ location: { start, end } }, source) {
  const text = source.split('\n')[start.line - 1] ?? '';
  return {
    line: start.line,
    original: text.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined),
  };
}

/** @param {Change} change */
function isEquivalent({ file, original, replacement }) {
  return equivalent.some((one) => one.file === file && one.original === original && one.replacement === replacement);
}
