import { execFileSync } from 'node:child_process';
import { pythonOrStandIn } from '@vivarium/test-utils/stand-in-python';
import { expect, test } from 'vitest';

// No machine has it.
const executable = pythonOrStandIn('3.99');

test('a stand-in is an installation of its own and reports the version that was wanted', () => {
  const ask =
    'import json, sys, sysconfig; print(json.dumps([sys.version_info[:2], sys.prefix, sysconfig.get_path("purelib", "posix_prefix")]))';
  const [version, prefix, packages] = JSON.parse(execFileSync(executable, ['-ISc', ask], { encoding: 'utf8' }));
  expect(version).toEqual([3, 99]);
  expect(executable).toBe(`${prefix}/bin/python`);
  expect(packages).toBe(`${prefix}/lib/python3.99/site-packages`);
});
