import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Assertion {
  readonly title: string;
  readonly status: string;
}

// Runs a test file on its own, as on a build server, and gives the titles by what came of them.
async function runFixture(name: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const here = dirname(fileURLToPath(import.meta.url));
  const directory = await mkdtemp(join(tmpdir(), 'vivarium-suite-'));
  const report = join(directory, 'report.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const words = [vitest, 'run', '--config', join(here, 'fixtures', 'vitest.config.ts'), name];
  await new Promise((resolve) => {
    execFile(
      process.execPath,
      [...words, '--reporter=json', `--outputFile=${report}`],
      { cwd: join(here, '..'), env: { ...process.env, CI: 'true', VIVARIUM_HOSTILE_NAMES: '40' } },
      resolve,
    );
  });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: Assertion[] }[];
  };
  await rm(directory, { recursive: true });
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  return Object.fromEntries(
    ['passed', 'failed', 'skipped', 'pending'].map((status) => [
      status,
      all.filter((assertion) => assertion.status === status).map(({ title }) => title),
    ]),
  );
}

test('finds what is wrong with an activator as one writes it at first', async () => {
  const { passed, failed, skipped } = await runFixture('naive');
  expect({ passed, failed, skipped }).toMatchInlineSnapshot(`
    {
      "failed": [
        "puts its Python first, and takes everything back",
        "exports nothing but what an environment is known by",
        "says what to type when it is run instead of sourced",
        "offers the documentation of what the environment holds as pydoc",
        "is left at once after being entered twice",
        "gives way to another environment that is entered, and both are gone when that one is left",
        "takes its own entry out of PATH and keeps every later change",
        "takes PYTHONHOME away and gives it back as it was",
        "puts its directory first on PKG_CONFIG_PATH and takes it back",
        "sets TCL_LIBRARY and TK_LIBRARY where Python needs them, and takes them back",
        "keeps what was done to these variables in the meantime",
        "leaves PATH empty, and unset, where it was",
        "gives the prompt back as it was, and exports it only if it was exported",
        "leaves no layer of what an editor puts around the prompt again and again",
        "leaves the prompt variable alone where VIRTUAL_ENV_DISABLE_PROMPT is set",
        "is left for good in a shell that inherited its variables",
        "gives back an environment that was inherited only if its scripts are on PATH",
        "shows everything to child processes, also what was a variable of the shell alone",
        "gives the entries of PATH back where duplicates were removed in the meantime",
        "is silent, and right, under every setting of the shell",
        "is not led astray by the user's own functions, though they cannot be taken away",
        "is not led astray by the user's own aliases",
        "is not led astray by aliases for words of the language itself",
        "leaves nothing behind after environments of its own and of venv in any order",
        "is right again when it is entered after venv was on top of it",
        "leaves nothing behind after environments of its own and of virtualenv in any order",
        "is right again when it is entered after virtualenv was on top of it",
        "leaves nothing behind after environments of its own and of uv in any order",
        "is right again when it is entered after uv was on top of it",
        "is left in either order with an environment of conda’s",
        "is found where a tool has moved it and rewritten the line that holds its path",
        "is found where a tool has moved it and replaced its path in the whole text",
        "shows its name before the user's own prompt, and takes it away again",
        "leaves the drawn prompt alone where VIRTUAL_ENV_DISABLE_PROMPT is set",
        "shows and sets every hostile directory name exactly, and runs none",
        "shows and sets every hostile prompt exactly, and runs none",
        "does so with 40 generated names",
        "draws every hostile name exactly, and runs none",
        "draws 40 generated names exactly",
        "reads every name as it is, and runs none, in GBK, Big5 and GB18030",
        "draws every name in zh_CN.GBK, and runs none",
        "draws every name in zh_TW.BIG5, and runs none",
        "draws every name in zh_CN.GB18030, and runs none",
        "NaiveActivator in a shell that no one has",
      ],
      "passed": [
        "carries the prompt that was asked for",
        "leaves an equal entry of PATH that was there before",
        "leaves TCL_LIBRARY and TK_LIBRARY alone where Python does not need them",
        "works where each failure and each unset variable ends the shell",
        "is not led astray by the user's own functions",
        "keeps a function of the user’s that is named pydoc",
        "lets a pip that insists on an environment install, and finds the command until it is left",
      ],
      "skipped": [
        "works in a shell that does not remember where commands are (skipped because it always hashes)",
        "starts no process (skipped because no one promised it)",
        "follows an environment that was moved (skipped because dash can’t tell where a script is)",
        "follows an environment that was copied (skipped because dash can’t tell where a script is)",
        "follows it also when it is named by a relative path (skipped because dash can’t tell where a script is)",
        "NaiveActivator in another (skipped because it doesn’t exist)",
      ],
    }
  `);
});

test('finds what is wrong with careless plugins of the other kinds', async () => {
  const { passed, failed, skipped } = await runFixture('careless');
  expect({ passed, failed, skipped }).toMatchInlineSnapshot(`
    {
      "failed": [
        "CarelessCreator says why it does not serve an interpreter of no known implementation",
        "plans the same twice, as plain data, and changes nothing by planning",
        "names in its layout what its steps make",
        "creates an environment whose Python starts, knows its place, and is shut off from its base",
        "does so with copies",
        "does so in directories of hostile names",
        "makes it again where it is, and keeps what was put in",
        "lets its base's packages in where it is told to, and only there",
        "reports each package with its version, the SHA-256 of its wheel and where it came from",
        "puts in what it reports: Python finds it, its commands are there, and pip has no complaint; none of it asks a network",
        "does so again out of the same cache, in a directory of a hostile name, and once more where that stands",
        "names candidates that are programs, with where each was found, comes to an end, and says the same again",
        "finds the Python that is there, by nothing, by its version, and by its implementation",
        "names nothing else in the place of a path that was asked for",
      ],
      "passed": [
        "serves it",
        "plans the same twice, as plain data, and writes nothing but the cache",
        "finds nothing where nothing fits, and says so",
      ],
      "skipped": [],
    }
  `);
});
