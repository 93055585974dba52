// Fetches the wheels that wheels.lock.json names and that are not in wheels/ yet. Whatever keeps it from doing so is
// told in one line and is no failure: without them, seeds come from the interpreter's own ensurepip.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const wheelsDirectory = fileURLToPath(new URL('../wheels', import.meta.url));
/**
 * A wheel of the lock file.
 *
 * @typedef {object} Wheel
 * @property {string} name
 * @property {string} version
 * @property {string} file
 * @property {string} sha256
 * @property {number} size - in bytes
 * @property {string} python - its `Requires-Python`
 */

/** @type {{ wheels: readonly Wheel[] }} */
const { wheels } = JSON.parse(readFileSync(new URL('../wheels.lock.json', import.meta.url), 'utf8'));
const PYTHONS = process.platform === 'win32' ? ['py', 'python', 'python3'] : ['python3', 'python'];
const TIME_LIMIT = 180_000;

const missing = wheels.filter((wheel) => statSync(pathOf(wheel), { throwIfNoEntry: false })?.size !== wheel.size);
if (missing.length > 0) {
  try {
    await fetchAll(missing);
  } catch (error) {
    console.error(`seed wheels were not fetched, environments get those of their interpreter (${reason(error)})`);
  }
}

/** @param {readonly Wheel[]} wanted */
async function fetchAll(wanted) {
  const { execFile } = await import('node:child_process');
  const { createHash } = await import('node:crypto');
  const { promisify } = await import('node:util');
  const run = promisify(execFile);

  mkdirSync(wheelsDirectory, { recursive: true });
  const staging = mkdtempSync(join(wheelsDirectory, '.staging-'));
  try {
    const python = await findPip();
    // The first call shows whether an index can be reached at all, before the others are started side by side.
    const [first = [], ...others] = group(wanted);
    await download(python, first);
    await Promise.all(others.map((round) => download(python, round)));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }

  async function findPip() {
    for (const python of PYTHONS) {
      const found = await run(python, ['-m', 'pip', '--version'], { timeout: TIME_LIMIT }).catch(() => undefined);
      if (found) return python;
    }
    throw new Error('no Python with pip is on the PATH');
  }

  /**
   * @param {string} python
   * @param {readonly Wheel[]} round
   */
  async function download(python, round) {
    const requirements = round.map((wheel) => `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}`);
    const { writeFileSync } = await import('node:fs');
    const target = mkdtempSync(join(staging, 'round-'));
    const list = join(target, 'requirements.txt');
    writeFileSync(list, `${requirements.join('\n')}\n`);
    const quick = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '20'];
    const choice = ['--only-binary=:all:', '--no-deps', '--python-version', pythonFor(round)];
    await run(python, ['-m', 'pip', 'download', ...quick, ...choice, '--require-hashes', '-r', list, '-d', target], {
      timeout: TIME_LIMIT,
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    });
    for (const wheel of round) publish(wheel, join(target, wheel.file));
  }

  /**
   * @param {Wheel} wheel
   * @param {string} path
   */
  function publish(wheel, path) {
    if (!existsSync(path)) throw new Error(`pip gave another file than ${wheel.file}`);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    if (sha256 !== wheel.sha256) throw new Error(`${wheel.file} has another SHA-256 than the lock file`);
    renameSync(path, pathOf(wheel));
  }
}

/**
 * One call of pip takes one version of each distribution, and one version of Python to find wheels for.
 *
 * @param {readonly Wheel[]} wanted
 */
function group(wanted) {
  /** @type {Map<string, readonly Wheel[]>} */
  const rounds = new Map();
  for (const wheel of wanted) {
    const key = pythonFor([wheel]);
    const round = rounds.get(key) ?? [];
    rounds.set(key, [...round, wheel]);
  }
  return [...rounds.values()].flatMap(splitByName);
}

/**
 * @param {readonly Wheel[]} round
 * @returns {readonly (readonly Wheel[])[]}
 */
function splitByName(round) {
  const again = round.filter((wheel, place) => round.findIndex(({ name }) => name === wheel.name) < place);
  const once = round.filter((wheel) => !again.includes(wheel));
  return again.length > 0 ? [once, ...splitByName(again)] : [once];
}

/**
 * The lowest version that a wheel names is one that it is for.
 *
 * @param {readonly Wheel[]} round
 */
function pythonFor([wheel]) {
  return />=\s*(\d+\.\d+)/.exec(wheel?.python ?? '')?.[1] ?? '3.9';
}

/** @param {Wheel} wheel */
function pathOf(wheel) {
  return join(wheelsDirectory, wheel.file);
}

/** @param {unknown} error */
function reason(error) {
  const { killed, stderr, message } = /** @type {Error & { killed?: boolean, stderr?: string }} */ (error);
  if (killed) return 'pip took too long';
  const lines = `${stderr || message}`.trim().split('\n');
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? '').replace(/^ERROR: /, '');
}
