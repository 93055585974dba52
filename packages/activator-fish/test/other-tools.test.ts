import { join } from 'node:path';
import fish from '@vivarium/activator-fish';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { ORDERS, otherTools } from '@vivarium/test-utils/other-tools';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { hasFish, run } from './run.ts';

const { tools, missing } = otherTools();
if (missing !== undefined) test.skip(`virtualenv and uv in the same fish (skipped because ${missing})`, () => {});

const tcl = { tclLibrary: '/opt/tcl8.6', tkLibrary: '/opt/tk8.6' };

for (const { name, create } of tools) {
  test.skipIf(!hasFish)(`fish is as it was after environments of ours and of ${name} in any order`, () => {
    const directory = temporaryDirectory();
    const environment = linuxEnvironment(join(directory, 'ours'));
    writeEnvironment(fish, { ...environment, interpreter: { ...environment.interpreter, tcl } });
    create(join(directory, 'theirs'));
    const left = ORDERS.map((order) => ({
      order,
      left: run([
        'set -gx PYTHONHOME /home',
        "function fish_prompt; printf 'mine> '; end",
        ...order.map((one) => `source ${directory}/${one}/bin/activate.fish`),
        'deactivate',
        'set -q VIRTUAL_ENV; or set -q VIRTUAL_ENV_PROMPT; echo $status',
        'string join : $PATH',
        'echo "$PYTHONHOME,$PKG_CONFIG_PATH,$TCL_LIBRARY,$TK_LIBRARY"',
        "fish_prompt; echo '|'",
        "set -n | string match '_VIVARIUM_*'; functions -a | string match '_vivarium_*'",
      ]),
    }));
    const before = ['1', '/usr/bin:/bin', '/home,,,', 'mine> |'];
    expect(left).toEqual(ORDERS.map((order) => ({ order, left: before })));
  });
}
