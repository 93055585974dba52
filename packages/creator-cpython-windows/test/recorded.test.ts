import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interpreter, Step } from '@vivarium/core';
import creator from '@vivarium/creator-cpython-windows';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..', '..', 'testkit', 'interpreters');
const interpreters = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): readonly [string, Interpreter] => [
    name.replace(/\.json$/, ''),
    JSON.parse(readFileSync(join(folder, name), 'utf8')),
  ]);

describe.each([creator])('$name', (plugin) => {
  const supported = interpreters.filter(([, interpreter]) => plugin.supports(interpreter) === true);

  test('serves these of the recorded interpreters', () => {
    expect(supported.map(([name]) => name)).toMatchSnapshot();
  });

  test.each(supported)('plans for %s', async (_, interpreter) => {
    const destination = interpreter.os === 'nt' ? 'C:\\env' : '/env';
    const request = { destination, interpreter, systemSitePackages: false };
    expect({
      symlink: await planned({ ...request, executables: 'symlink' }),
      copy: await planned({ ...request, executables: 'copy' }),
    }).toMatchSnapshot();
  });

  async function planned(request: Parameters<typeof plugin.plan>[0]): Promise<unknown> {
    try {
      const { layout, steps, ...others } = await plugin.plan(request, {});
      return { ...others, packages: layout.purelib, executable: layout.executable, steps: steps.map(inOneLine) };
    } catch (error) {
      return String(error);
    }
  }
});

function inOneLine(step: Step): string {
  if (step.kind === 'symlink') return `symlink ${step.path} -> ${step.target}`;
  if (step.kind === 'copy') return `copy ${step.path} <- ${step.source}`;
  return `${step.kind} ${'path' in step ? step.path : ''}`;
}
