import { execFileSync } from 'node:child_process';
import { join, win32 } from 'node:path';
import type { Plan } from '@vivarium/core/host';
import creator from '@vivarium/creator-cpython-windows';
import { planFor } from '@vivarium/test-utils/create-environment';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { describe, expect, test } from 'vitest';
import { embeddable, type Listed, windowsPython } from './interpreters.ts';

const planAt = (interpreter: Listed) => planFor({ creator, interpreter, destination: 'C:\\env' });

/** What is at a plan's destination when it was applied, as the path logic wants to know it. */
function filesOf(plan: Plan) {
  const { destination } = plan.environment;
  const paths = plan.steps.flatMap((step) => {
    return step.kind === 'copy' || step.kind === 'file' ? [win32.join(destination, step.path)] : [];
  });
  const configuration = plan.steps.find((step) => step.kind === 'file' && step.path === 'pyvenv.cfg');
  const lines = configuration?.kind === 'file' ? configuration.contents.split('\n') : [];
  return {
    executables: paths.filter((path) => path.endsWith('.exe')),
    files: { ...Object.fromEntries(paths.map((path) => [path, []])), [`${destination}\\pyvenv.cfg`]: lines },
  };
}

interface Case {
  readonly python: string;
  readonly started: string;
  readonly library: string;
  readonly launcher?: string;
  readonly base: readonly string[];
  readonly plan: Plan;
}

function askPathLogic({ python, base, plan, ...places }: Case): unknown {
  const { executables, files } = filesOf(plan);
  const input = JSON.stringify({
    ...places,
    executables: [...executables, ...base.filter((path) => path.endsWith('.exe'))],
    files: { ...files, ...Object.fromEntries(base.map((path) => [path, []])) },
  });
  const output = execFileSync(python, [join(import.meta.dirname, 'getpath.py')], { input, encoding: 'utf8' });
  // The path logic tells its steps before.
  return JSON.parse(
    output
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/python3\d+/g, 'pythonXY') ?? '',
  );
}

describe.each(['3.11.7', '3.12.1', '3.13.0'])('the path logic of CPython %s for Windows', (version) => {
  const { executable: python, isMissing } = wantedPython(version);
  const [major = '', minor = ''] = version.split('.');

  test.skipIf(isMissing)('finds base and environment when a launcher starts the interpreter', async () => {
    const plan = await planAt(windowsPython({ version, root: 'C:\\Python' }));
    const answer = askPathLogic({
      python,
      plan,
      started: 'C:\\Python\\python.exe',
      library: `C:\\Python\\python${major}${minor}.dll`,
      launcher: 'C:\\env\\Scripts\\python.exe',
      base: ['C:\\Python\\python.exe', 'C:\\Python\\Lib\\os.py', 'C:\\Python\\DLLs\\_ssl.pyd'],
    });
    expect(answer).toEqual({
      executable: 'C:\\env\\Scripts\\python.exe',
      base_executable: 'C:\\Python\\python.exe',
      base_prefix: 'C:\\Python',
      module_search_paths: ['C:\\Python\\pythonXY.zip', 'C:\\Python\\DLLs', 'C:\\Python\\Lib', 'C:\\Python'],
    });
  });

  test.skipIf(isMissing)('finds both when the whole interpreter was copied', async () => {
    const whole: Listed = {
      ...windowsPython({ version, root: 'C:\\Python' }),
      hasVenv: false,
      listings: { 'C:\\Python': ['python.exe', `python${major}${minor}.dll`], 'C:\\Python\\DLLs': ['_ssl.pyd'] },
    };
    const answer = askPathLogic({
      python,
      plan: await planAt(whole),
      started: 'C:\\env\\Scripts\\python.exe',
      library: `C:\\env\\Scripts\\python${major}${minor}.dll`,
      base: ['C:\\Python\\python.exe', 'C:\\Python\\Lib\\os.py', 'C:\\Python\\DLLs\\_ssl.pyd'],
    });
    expect(answer).toMatchInlineSnapshot(`
      {
        "base_executable": "C:\\Python\\python.exe",
        "base_prefix": "C:\\Python",
        "executable": "C:\\env\\Scripts\\python.exe",
        "module_search_paths": [
          "C:\\env\\Scripts\\pythonXY.zip",
          "C:\\Python\\DLLs",
          "C:\\Python\\Lib",
          "C:\\Python",
        ],
      }
    `);
  });

  test.skipIf(isMissing)('finds the zipped standard library of the embeddable package', async () => {
    const listings = { 'C:\\embed': ['python.exe', `python${major}${minor}.dll`, `python${major}${minor}.zip`] };
    const package_: Listed = { ...embeddable, version: { ...embeddable.version, minor: Number(minor) }, listings };
    const answer = askPathLogic({
      python,
      plan: await planAt(package_),
      started: 'C:\\env\\Scripts\\python.exe',
      library: `C:\\env\\Scripts\\python${major}${minor}.dll`,
      base: [
        'C:\\embed\\python.exe',
        `C:\\embed\\python${major}${minor}.zip`,
        `C:\\embed\\python${major}${minor}._pth`,
      ],
    });
    expect(answer).toMatchInlineSnapshot(`
      {
        "base_executable": "C:\\embed\\python.exe",
        "base_prefix": "C:\\env\\Scripts",
        "executable": "C:\\env\\Scripts\\python.exe",
        "module_search_paths": [
          "C:\\env\\Scripts\\pythonXY.zip",
          "C:\\env\\Scripts",
          "C:\\env\\Scripts\\Lib",
          "C:\\embed",
        ],
      }
    `);
  });
});
