import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';

const require = createRequire(import.meta.url);
const installed = (): string => join(inject('installation'), 'node_modules/vivarium/dist');

/** What an application does with the library; the types are those that it is documented with. */
const APPLICATION = `
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const assert = <T extends true>(_?: T): void => {};

export async function main(signal: AbortSignal | undefined): Promise<void> {
  const environment = await ensureEnvironment({
    destination: new URL('file:///tmp/env'),
    python: ['3.12', '>=3.9'],
    seedWheels: undefined,
    signal,
    pluginSettings: { linkMode: 'copy', pip: '24.0' },
    onEvent: (event) => {
      if (event.type === 'steps') assert<Equal<typeof event.total, number>>();
      if (event.type === 'warning') event.code satisfies WarningCode;
    },
  });
  assert<Equal<typeof environment.outcome, 'created' | 'unchanged' | 'updated' | 'repaired' | 'replaced'>>();
  assert<Equal<typeof environment.paths.executable, string>>();
  const variables: Record<string, string> = environment.variables({ A: undefined });
  const { stdout } = await environment.run(['-V'], { signal, cwd: undefined });
  const { version } = await findPython('>=3.9');
  const [first] = await listPythons();
  const { isComplete, problems, tool } = await inspectEnvironment('/tmp/env', { start: false });
  const plan: Plan = await planEnvironment({ destination: 'env' });
  const { applied } = await applyPlan(plan, { signal });
  const trashed = await removeEnvironment('env', { force: undefined });
  const error: VivariumError = VivariumError.from({});
  const json: ErrorJson = error.toJSON();
  console.log(variables, stdout, version, first?.version, isComplete, problems, tool('pip'), applied, trashed?.path, json);
  // @ts-expect-error: no option has this name
  await createEnvironment({ destination: 'env', pyhton: '3' });
  // @ts-expect-error: versions are strings
  await createEnvironment({ destination: 'env', python: 3.1 });
}
`;
const NAMES =
  'applyPlan, createEnvironment, ensureEnvironment, findPython, inspectEnvironment, listPythons, planEnvironment, removeEnvironment, VivariumError, type ErrorJson, type Plan, type WarningCode';

const MODULES = [
  ['node16', 'node16'],
  ['node18', 'node16'],
  ['nodenext', 'nodenext'],
  ['preserve', 'bundler'],
] as const;

// Without their declarations nothing can be said of types: a build can leave them out.
const isWithoutTypes = process.env.VIVARIUM_BUILD_TYPES === 'no';
const title = `the types of the packed library${isWithoutTypes ? ' (skipped because the build has left them out)' : ''}`;

describe.skipIf(isWithoutTypes)(title, () => {
  test.each(MODULES)('with module %s and resolution %s, in ESM and CommonJS', async (module, moduleResolution) => {
    expect(existsSync(join(installed(), 'index.d.ts'))).toBe(true);
    const directory = join(inject('installation'), `types-${module}`);
    mkdirSync(directory);
    const source = `import { ${NAMES} } from 'vivarium';\n${APPLICATION}`;
    writeFileSync(join(directory, 'esm.mts'), source);
    if (module !== 'preserve') writeFileSync(join(directory, 'common.cts'), source);
    writeFileSync(
      join(directory, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          target: 'es2022',
          lib: ['es2023'],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noEmit: true,
          types: ['node'],
          typeRoots: [dirname(dirname(require.resolve('@types/node/package.json')))],
        },
      }),
    );
    const tsc = require.resolve('typescript/lib/tsc.js');
    const { stdout } = await execa(process.execPath, [tsc, '--project', directory], { reject: false });
    expect(stdout).toBe('');
  });
});
