import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FindingCode } from '@vivarium/environments';
import { INSTALLED_PYTHONS_3, type InstalledPython } from '@vivarium/test-utils/pythons';
import { afterAll, describe, expect, test } from 'vitest';
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
  describe.each(creator.isKeeper ? pythons.slice(-1) : pythons)('of Python $name', (python) => {
    const fresh = template(creator);
    // In a sample the creators take turns.
    const own = isWhole ? cases : cases.filter((one, index) => turnOf(one, index) === creator);
    for (const { code, fault } of own) {
      const reason = whyNot({ code, fault }, creator);
      const title = `that ${fault.title} is found, and fixed by what doctor shows`;
      if (reason === undefined) test(title, () => damageAndFix({ fresh, python, code, fault }));
      else test.skip(`${title}: ${reason}`, () => {});
    }
  });
});

/** What `doctor` can find in an environment that has a Python of its own, and repair. */
const WITH_OWN_PYTHON: readonly FindingCode[] = [
  'REDIRECT_DANGLING',
  'REDIRECT_INVALID',
  'PACKAGE_FILE_MISSING',
  'PACKAGE_DUPLICATE',
  'PACKAGE_LEFTOVER',
  'PACKAGE_PLATFORM_MISMATCH',
  'FILE_OWNER_MISMATCH',
  'FILE_MODE_INVALID',
  'PYTHONHOME_SET',
  'PYTHONPATH_SET',
  'VIRTUAL_ENV_NOT_FOUND',
  'ENVIRONMENT_NOT_IGNORED',
];

interface Applicant {
  readonly code: FindingCode;
  readonly fault: Fault;
}

/** The creator with which a fault is tried in a sample. */
function turnOf(one: Applicant, index: number): Creator | undefined {
  const able = creators.filter((creator) => whyNot(one, creator) === undefined);
  return able[index % able.length] ?? creators[0];
}

function whyNot({ code, fault }: Applicant, creator: Creator): string | undefined {
  if (fault.isImpossible !== undefined) return fault.isImpossible;
  if (creator.ownsPython && !WITH_OWN_PYTHON.includes(code)) return 'conda alone knows what belongs there';
  if (fault.needs === 'old Python' && old === undefined) return 'Python 3.9 is not on this machine';
  // uv and pipx keep none in it; it is the same file for all that have one.
  return fault.needsPip && creator.name !== 'vivarium' ? 'it is created without pip' : undefined;
}

/** An environment to damage, and the directory around it. */
interface Fresh {
  readonly root: string;
  readonly environment: string;
}

/**
 * Creates an environment of each Python once. What a test damages is a copy of it at its place: it names that place, so
 * that every copy is the environment that was created.
 */
function template(creator: Creator): (python: string) => Promise<Fresh> {
  const created = new Map<string, Promise<Fresh & { readonly pristine: string }>>();
  const roots: string[] = [];
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true, force: true });
  });
  return async (python) => {
    if (!created.has(python)) created.set(python, createIn(newRoot(), python));
    const { root, environment, pristine } = (await created.get(python)) as Fresh & { readonly pristine: string };
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root);
    execFileSync('cp', ['-a', pristine, join(root, NAME)]);
    return { root, environment };
  };

  function newRoot(): string {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-life-')));
    roots.push(root);
    return root;
  }

  async function createIn(parent: string, python: string): Promise<Fresh & { readonly pristine: string }> {
    const [root, pristine] = [join(parent, 'subject'), join(parent, 'pristine')];
    mkdirSync(root);
    const directory = join(root, NAME);
    const environment = await creator.create({ sandbox: newSandbox(), directory, python });
    execFileSync('cp', ['-a', directory, pristine]);
    return { root, environment, pristine };
  }
}

const NAME = 'environment';

interface Case extends Applicant {
  readonly fresh: ReturnType<typeof template>;
  readonly python: InstalledPython;
}

interface Shown {
  readonly code: string;
  readonly remedy: { readonly command: string; readonly otherwise: string | null };
}

async function damageAndFix({ fresh, python: wanted, code, fault }: Case): Promise<void> {
  const python = fault.needs === 'old Python' && old !== undefined ? old : wanted;
  const sandbox = newSandbox(fault.variables);
  const { root, environment } = await fresh(python.executable);
  const others = supportedPythons.filter(({ version }) => version[1] !== python.version[1]);
  const [other] = others;
  if (other === undefined) throw new Error('This test takes two Pythons');
  const moved = fault.damage({ root, environment, python, other });
  const place = typeof moved === 'string' ? moved : environment;

  const found = await findings(sandbox, place);
  expect(found.map((finding) => finding.code)).toEqual(code === 'SEED_VULNERABLE' ? [code, code] : [code]);
  const [{ remedy } = { remedy: { command: '', otherwise: null } }] = found;
  const typed = fault.isOtherwise ? (remedy.otherwise ?? '') : remedy.command;
  const offer = offerDirectory(root);
  const { exitCode, stdout, stderr } = await type(sandbox, { text: `${typed} && vivarium doctor '${place}'`, offer });
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
function type(
  sandbox: Sandbox,
  { text, offer }: { readonly text: string; readonly offer: string },
): ReturnType<Sandbox['run']> {
  const setUp =
    'PATH="$1:$PATH" PIP_NO_INDEX=1 PIP_FIND_LINKS="$2"; export PATH PIP_NO_INDEX PIP_FIND_LINKS; eval "$3"';
  return sandbox.run('sh', '-c', setUp, 'sh', dirname(vivariumCommand()), offer, text);
}

test.each(['no executable', 'an executable that leads to itself'])(
  'of an environment of conda that has %s, conda is named as what repairs it',
  async (damage) => {
    const creator = creators.find(({ ownsPython }) => ownsPython);
    const python = pythons.at(-1);
    if (creator === undefined || python === undefined) throw new Error('This test takes a Python of 3.11 to 3.13');
    const sandbox = newSandbox();
    const directory = join(sandbox.directory, NAME);
    await creator.create({ sandbox, directory, python: python.executable });
    const [fault] = damage === 'no executable' ? faults.PYTHON_NOT_FOUND : faults.PYTHON_NOT_USABLE;
    const [other = python] = supportedPythons;
    fault?.damage({ root: sandbox.directory, environment: directory, python, other });
    const found = await findings(sandbox, directory);
    expect(found.map(({ code }) => code)).toEqual([
      damage === 'no executable' ? 'PYTHON_NOT_FOUND' : 'PYTHON_NOT_USABLE',
    ]);
    expect(found[0]?.remedy.command).toBe(`conda install -p ${directory} --force-reinstall python`);
    expect(await sandbox.vivarium('repair', directory)).toMatchObject({ exitCode: 1 });
  },
);
