import type { CreationRequest, Interpreter } from '@vivarium/core/plugin';
import creator from '@vivarium/creator-venv';
import { cpython } from '@vivarium/test-utils/described-interpreter';
import { expect, test } from 'vitest';

const linux = cpython('3.12.1');
const windows: Interpreter = {
  ...linux,
  platform: 'win32',
  os: 'nt',
  systemExecutable: 'C:\\Python312\\python.exe',
  scheme: { ...linux.scheme, scripts: 'Scripts', purelib: 'Lib/site-packages', platlib: 'Lib/site-packages' },
};

function plan(interpreter: Interpreter, changes: Partial<CreationRequest> = {}) {
  const request = { destination: '/env', interpreter, executables: 'symlink', systemSitePackages: false } as const;
  return creator.plan({ ...request, ...changes }, {});
}

async function commandOf(interpreter: Interpreter, changes: Partial<CreationRequest> = {}): Promise<readonly string[]> {
  const { steps } = await plan(interpreter, changes);
  return steps.flatMap((step) => (step.kind === 'run' ? step.command : []));
}

test('starts venv without pip, isolated from the variables of the user', async () => {
  expect(await commandOf(linux)).toEqual([
    linux.systemExecutable,
    '-I',
    '-m',
    'venv',
    '--without-pip',
    '--symlinks',
    '/env',
  ]);
});

test('passes copies and system packages on, and leaves .gitignore to others since Python 3.13', async () => {
  const changes = { executables: 'copy', systemSitePackages: true } as const;
  expect((await commandOf(cpython('3.13.0'), changes)).slice(4)).toEqual([
    '--without-pip',
    '--without-scm-ignore-files',
    '--system-site-packages',
    '--copies',
    '/env',
  ]);
});

test('copies on Windows, as venv does by itself there', async () => {
  expect(await commandOf(windows, { destination: 'C:\\env' })).toContain('--copies');
  expect((await plan(windows)).layout.executable).toBe('Scripts/python.exe');
});

test.each([
  { ...linux, platform: 'darwin', framework: 'Python' },
  { ...linux, implementation: 'PyPy', basePrefix: '/usr' },
])('refuses copies that would be broken or enormous ($platform, $implementation)', (interpreter) => {
  expect(() => plan(interpreter, { executables: 'copy' })).toThrow(
    expect.objectContaining({ code: 'COPIES_NOT_SUPPORTED' }),
  );
});

test.each<[Interpreter, string]>([
  [{ ...linux, hasVenv: false }, 'it can not import venv'],
  [cpython('3.3.7'), 'its venv knows no --without-pip, which came with Python 3.4'],
])('refuses another one with the reason', (interpreter, reason) => {
  expect(creator.supports(interpreter)).toEqual({ reason });
});

test.each([linux, windows, { ...linux, implementation: 'PyPy' }])(
  'accepts $implementation on $platform',
  (interpreter) => {
    expect(creator.supports(interpreter)).toBe(true);
  },
);
