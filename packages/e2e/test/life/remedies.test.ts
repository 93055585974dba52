import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FindingCode } from '@vivarium/environments';
import { INSTALLED_PYTHONS_3, type InstalledPython } from '@vivarium/test-utils/pythons';
import { describe, expect, test } from 'vitest';
import { newSandbox, type Sandbox, vivariumCommand } from '../vivarium.ts';
import { allCreators, type Creator, isWhole, ownCreators, supportedPythons } from './creators.ts';
import { type Fault, faults, offerDirectory } from './faults.ts';

// What is damaged is found, is named as what it is, and is fixed by what `doctor` shows, typed into a shell.

const { creators, missing } = isWhole ? allCreators() : { creators: ownCreators, missing: undefined };
const pythons = isWhole ? supportedPythons.slice(-3) : supportedPythons.slice(-1);
const old = INSTALLED_PYTHONS_3.findLast(({ version: [, minor] }) => minor === 9);
const cases = Object.entries(faults).flatMap(([code, all]) =>
  all.map((fault, index) => ({ code: code as FindingCode, fault, index })),
);

if (missing !== undefined) test.skip(`other creators: ${missing}`, () => {});
if (pythons.length === 0) test.skip('no Python of 3.11 to 3.13 is on this machine', () => {});

describe.each(creators)('an environment of $name', (creator) => {
  // Those that keep environments of another creator are as that one for the rest.
  const isKeeper = creator.name === 'poetry' || creator.name === 'pipx';
  describe.each(isKeeper ? pythons.slice(-1) : pythons)('of Python $name', (python) => {
    // In a sample the creators take turns.
    const own = isWhole ? cases : cases.filter(({ fault }, index) => turnOf(fault, index) === creator);
    for (const { code, fault } of own) {
      const reason = whyNot(fault, creator);
      const title = `that ${fault.title} is found, and fixed by what doctor shows`;
      if (reason === undefined) test(title, () => damageAndFix({ creator, python, code, fault }));
      else test.skip(`${title}: ${reason}`, () => {});
    }
  });
});

/** The creator with which a fault is tried in a sample. */
function turnOf(fault: Fault, index: number): Creator | undefined {
  const able = creators.filter((one) => whyNot(fault, one) === undefined);
  return able[index % able.length] ?? creators[0];
}

function whyNot(fault: Fault, creator: Creator): string | undefined {
  if (fault.isImpossible !== undefined) return fault.isImpossible;
  if (fault.needs === 'old Python' && old === undefined) return 'Python 3.9 is not on this machine';
  // uv and pipx keep none in it; it is the same file for all that have one.
  return fault.needsPip && creator.name !== 'vivarium' ? 'it is created without pip' : undefined;
}

interface Case {
  readonly creator: Creator;
  readonly python: InstalledPython;
  readonly code: FindingCode;
  readonly fault: Fault;
}

interface Shown {
  readonly code: string;
  readonly remedy: { readonly command: string; readonly otherwise: string | null };
}

async function damageAndFix({ creator, python: wanted, code, fault }: Case): Promise<void> {
  const python = fault.needs === 'old Python' && old !== undefined ? old : wanted;
  const sandbox = newSandbox(fault.variables);
  const environment = join(sandbox.directory, 'environment');
  await creator.create({ sandbox: newSandbox(), environment, python: python.executable });
  const others = supportedPythons.filter(({ version }) => version[1] !== python.version[1]);
  const [other] = others;
  if (other === undefined) throw new Error('This test takes two Pythons');
  const moved = fault.damage({ root: sandbox.directory, environment, python, other });
  const place = typeof moved === 'string' ? moved : environment;

  const found = await findings(sandbox, place);
  expect(found.map((finding) => finding.code)).toEqual(code === 'SEED_VULNERABLE' ? [code, code] : [code]);
  const [{ remedy } = { remedy: { command: '', otherwise: null } }] = found;
  const typed = fault.isOtherwise ? (remedy.otherwise ?? '') : remedy.command;
  const { exitCode, stdout, stderr } = await type(sandbox, `${typed} && vivarium doctor '${place}'`);
  expect({ exitCode, said: exitCode === 0 ? '' : `${typed}\n${stdout}${stderr}` }).toEqual({ exitCode: 0, said: '' });
  const prefix = 'import os, sys; print(os.path.realpath(sys.prefix))';
  const started = await newSandbox().vivarium('run', place, '--', 'python', '-I', '-c', prefix);
  expect(started.stdout).toBe(code === 'REDIRECT_DANGLING' ? environment : place);
  const example = join(place, 'bin', 'example');
  if (existsSync(example)) expect((await newSandbox().run(example)).stdout).toBe(place);
}

/** What `doctor` finds, in the environment and in the variables. */
async function findings(sandbox: Sandbox, place: string): Promise<readonly Shown[]> {
  const { stdout, exitCode } = await sandbox.vivarium('doctor', '--json', place);
  const { environments, variables } = JSON.parse(stdout) as {
    environments: readonly { findings: readonly Shown[] }[];
    variables: readonly Shown[];
  };
  const found = [...environments.flatMap((one) => one.findings), ...variables];
  expect(exitCode).toBe(found.length === 0 ? 0 : 1);
  return found;
}

/** Types into a POSIX shell that has `vivarium`, and a pip that finds nothing but what is in a directory. */
function type(sandbox: Sandbox, text: string): ReturnType<Sandbox['run']> {
  const setUp =
    'PATH="$1:$PATH" PIP_NO_INDEX=1 PIP_FIND_LINKS="$2"; export PATH PIP_NO_INDEX PIP_FIND_LINKS; eval "$3"';
  return sandbox.run('sh', '-c', setUp, 'sh', dirname(vivariumCommand()), offerDirectory(sandbox.directory), text);
}
