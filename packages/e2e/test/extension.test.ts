import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  everySecond,
  furtherPythons,
  INSTALLED_PYTHONS_3,
  type Python,
  SYSTEM_PYPY,
  sampleOf,
  wantedPython,
} from '@vivarium/test-utils/pythons';
import { describe, expect, test } from 'vitest';
import { type Builder, extensionProject } from './extension-project.ts';
import { hasSeedWheels } from './seed-wheels.ts';
import { newSandbox } from './vivarium.ts';

const pythons: readonly Python[] = [
  wantedPython('2.7.18'),
  ...sampleOf(INSTALLED_PYTHONS_3),
  SYSTEM_PYPY,
  ...furtherPythons(/^(?:\d|pypy)/),
];

const combinations = ['--symlinks', '--copies'].flatMap((files, index) =>
  everySecond(pythons, index).map((python) => ({ ...python, files })),
);

describe.each(combinations)(
  'pip in an environment of Python $name (needs its headers)',
  ({ executable, isMissing, files }) => {
    describe.skipIf(isMissing)(`created with ${files}`, () => {
      test('builds a package with an extension module from its sources, and its command runs', async ({ skip }) => {
        const sandbox = newSandbox({ PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INDEX: '1' });
        const { include, version } = JSON.parse((await sandbox.run(executable, '-c', HEADERS)).stdout);
        skip(!existsSync(join(include, 'Python.h')) && process.env.CI !== 'true', 'its headers are missing');
        const seeds = hasSeedWheels() ? ['--setuptools', 'bundle'] : [];
        const made = await sandbox.vivarium('create', '-p', executable, files, ...seeds, 'env');
        expect(made).toMatchObject({ exitCode: 0 });

        const env = join(sandbox.directory, 'env');
        const project = extensionProject(sandbox.directory, builderFor(version));
        const installed = await sandbox.run(join(env, 'bin/pip'), 'install', '--no-build-isolation', project);
        expect(installed).toMatchObject({ exitCode: 0 });
        expect(await sandbox.run(join(env, 'bin/ask'))).toMatchObject({ stdout: `42 in ${env}` });

        expect(await sandbox.run(join(env, 'bin/pip'), 'uninstall', '--yes', 'answer')).toMatchObject({ exitCode: 0 });
        expect(readdirSync(join(env, 'bin'))).not.toContain('ask');
      });
    });
  },
);

// Asked of the base: an environment has its headers from there.
const HEADERS =
  'import json, sys, sysconfig; print(json.dumps({"include": sysconfig.get_path("include"), "version": list(sys.version_info[:2])}))';

/** Without seed wheels setuptools is what the interpreter's own `ensurepip` brings: none from Python 3.12 on. */
function builderFor([major, minor]: readonly [number, number]): Builder {
  return hasSeedWheels() || major === 2 || minor < 11 ? 'setuptools' : 'own';
}
