import { join } from 'node:path';
import type { Inspection } from '../inspect/inspection.ts';
import { listDirectory } from '../read/list-directory.ts';
import { readStart } from '../read/read-start.ts';
import type { Found } from './finding.ts';
import { installAgain } from './install-again.ts';
import { launcherInterpreter } from './launcher.ts';
import { recordedFiles, withRecord } from './record.ts';
import { isOwn } from './scripts.ts';

/** The largest launcher of pip has a tenth of this. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Commands on Windows that start another Python, a finding for each distribution: its installer writes its launchers
 * again. Those that no distribution lists are no commands that an installer wrote.
 */
export function findLaunchers(inspection: Inspection): readonly Found[] {
  const { directory, layout } = inspection;
  if (layout.os !== 'nt') return [];
  const foreign = new Map(
    listDirectory(join(directory, layout.scripts)).flatMap((entry) => {
      if (!entry.isFile() || !/\.exe$/i.test(entry.name)) return [];
      const path = `${layout.scripts}/${entry.name}`;
      const interpreter = launcherInterpreter(readStart(join(directory, path), MAX_BYTES) ?? Buffer.alloc(0));
      return interpreter === undefined || isOwn(interpreter, inspection) ? [] : [[path, interpreter] as const];
    }),
  );
  if (foreign.size === 0) return [];
  return withRecord(inspection).flatMap((distribution): readonly Found[] => {
    const paths = recordedFiles(directory, distribution).flatMap(({ path }) => (foreign.has(path) ? [path] : []));
    const [first] = paths;
    if (first === undefined) return [];
    const more = paths.length === 1 ? '' : ` and ${paths.length - 1} more`;
    return [
      {
        code: 'SCRIPT_INTERPRETER_MISMATCH',
        message: `${first}${more} would be started by ${foreign.get(first)}`,
        paths,
        kind: 'command',
        command: installAgain(distribution, inspection),
      },
    ];
  });
}
