import type { ActivatedEnvironment, Inspection } from '@vivarium/environments';

/** What activation has to know of an environment that exists, whatever created it. */
export function activatedEnvironment({ directory, layout, prompt }: Inspection): ActivatedEnvironment {
  return { directory, scripts: layout.scripts, os: layout.os, prompt };
}
