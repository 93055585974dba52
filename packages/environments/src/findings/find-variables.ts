import type { Found } from './finding.ts';
import { isEnvironment } from './scripts.ts';

/** What variables of a process do to every environment that it uses. */
export function findVariableFaults(env: Readonly<Record<string, string | undefined>>): readonly Found[] {
  const { PYTHONHOME, PYTHONPATH, VIRTUAL_ENV } = env;
  return [
    ...(PYTHONHOME
      ? [{ code: 'PYTHONHOME_SET', message: `PYTHONHOME is ${PYTHONHOME}`, command: 'unset PYTHONHOME' } as const]
      : []),
    ...(PYTHONPATH
      ? [{ code: 'PYTHONPATH_SET', message: `PYTHONPATH is ${PYTHONPATH}`, command: 'unset PYTHONPATH' } as const]
      : []),
    ...(VIRTUAL_ENV && !isEnvironment(VIRTUAL_ENV)
      ? [
          {
            code: 'VIRTUAL_ENV_NOT_FOUND',
            message: `VIRTUAL_ENV is ${VIRTUAL_ENV}, which is not an environment`,
            command: 'unset VIRTUAL_ENV',
          } as const,
        ]
      : []),
  ];
}
