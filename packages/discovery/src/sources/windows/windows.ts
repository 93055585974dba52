import type { Candidate, Context, VersionSpec } from '@vivarium/core/plugin';
import { isExecutableFile } from '../executable-file.ts';
import { outputOf } from './output-of.ts';
import { mayBeMeant, type RegisteredPython, registeredPythons } from './pep-514.ts';
import { parseLauncherList } from './py-launcher.ts';
import { parseQuery } from './query.ts';

const KEY = 'Software\\Python';
// The user's hive is not divided into views, and mostly holds 64-bit builds.
const VIEWS = [
  { query: `HKCU\\${KEY} /s`, bits: 64 },
  { query: `HKLM\\${KEY} /s /reg:64`, bits: 64 },
  { query: `HKLM\\${KEY} /s /reg:32`, bits: 32 },
] as const;

/** The Pythons that Windows knows of: those in its registry (PEP 514), and what the launcher `py` lists besides. */
export async function* windowsCandidates(spec: VersionSpec | undefined, context: Context): AsyncIterable<Candidate> {
  if (process.platform !== 'win32') return;
  for (const python of await registered(context)) {
    if (mayBeMeant(python, spec)) yield* existing(python.executable, `the registry, ${python.company} ${python.tag}`);
  }
  for (const path of parseLauncherList(await outputOf('py --list-paths', context))) yield* existing(path, 'py');
}

async function registered(context: Context): Promise<readonly RegisteredPython[]> {
  const views = VIEWS.map(async ({ query, bits }) => {
    return registeredPythons(parseQuery(await outputOf(`reg query ${query}`, context), KEY), bits);
  });
  return (await Promise.all(views)).flat();
}

function existing(executable: string, source: string): readonly Candidate[] {
  return isExecutableFile(executable) ? [{ executable, source }] : [];
}
