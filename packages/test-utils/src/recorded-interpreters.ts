import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CreationRequest, Creator, Interpreter, Step } from '@vivarium/core/host';
import { describe, expect, test } from 'vitest';

const directory = new URL('../../testkit/interpreters/', import.meta.url);

/** The interpreters that were recorded, or written after what is known of them, by their names. */
export const RECORDED: ReadonlyMap<string, Interpreter> = new Map(
  readdirSync(fileURLToPath(directory))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(name, directory), 'utf8'))]),
);

/** Compares, file by file, what creators plan for each recorded interpreter that they serve with what they did before. */
export function testRecorded(creators: readonly Creator[]): void {
  describe.each(creators)('$name', (creator) => {
    const served = [...RECORDED].filter(([, interpreter]) => creator.supports(interpreter) === true);

    test('serves these of the recorded interpreters', () => {
      expect(served.map(([name]) => name)).toMatchSnapshot();
    });

    test.each(served)('plans for %s', async (_, interpreter) => {
      const destination = interpreter.os === 'nt' ? 'C:\\env' : '/env';
      const request = { destination, interpreter, systemSitePackages: false };
      expect({
        symlink: await plannedBy(creator, { ...request, executables: 'symlink' }),
        copy: await plannedBy(creator, { ...request, executables: 'copy' }),
      }).toMatchSnapshot();
    });
  });
}

async function plannedBy(creator: Creator, request: CreationRequest): Promise<unknown> {
  try {
    const { layout, steps, ...others } = await creator.plan(request, {});
    return { ...others, packages: layout.purelib, executable: layout.executable, steps: steps.map(inOneLine) };
  } catch (error) {
    return String(error);
  }
}

/** A step as a person writes it down: what becomes what. */
export function inOneLine(step: Step): string {
  if (step.kind === 'symlink') return `symlink ${step.path} -> ${step.target}`;
  if (step.kind === 'copy') return `copy ${step.path} <- ${step.source}`;
  return `${step.kind} ${'path' in step ? step.path : ''}`;
}
