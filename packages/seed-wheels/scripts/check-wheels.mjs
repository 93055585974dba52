// Run before the package is packed or published: a package without its wheels would install nothing of what it is for.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @type {{ wheels: readonly { file: string, sha256: string }[] }} */
const { wheels } = JSON.parse(readFileSync(new URL('../wheels.lock.json', import.meta.url), 'utf8'));
const problems = wheels.flatMap(({ file, sha256 }) => {
  const problem = problemOf(new URL(`../wheels/${file}`, import.meta.url), sha256);
  return problem === undefined ? [] : [`  ${file} ${problem}`];
});
if (problems.length > 0) {
  console.error(`error: the package is not packed, because its wheels are not those of wheels.lock.json:
${problems.join('\n')}
hint: fetch them with \`npm run fetch\`, which needs a Python with pip and a package index.`);
  process.exitCode = 1;
}

/**
 * @param {URL} path
 * @param {string} sha256
 */
function problemOf(path, sha256) {
  try {
    const found = createHash('sha256').update(readFileSync(path)).digest('hex');
    return found === sha256 ? undefined : 'has another SHA-256 than the lock file';
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    return code === 'ENOENT' ? 'is missing' : `can't be read (${message})`;
  }
}
