import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Candidate, type Discoverer, defineDiscoverer, defineOptions, VivariumError } from '@vivarium/core/plugin';

const options = defineOptions({
  __OPTION__List: {
    type: 'path',
    placeholder: 'FILE',
    help: 'File with the path of a Python on each line, the most wanted first.',
  },
});

/** Finds the Pythons that a file names. */
const __IDENTIFIER__: Discoverer<typeof options> = defineDiscoverer({
  kind: 'discoverer',
  name: '__NAME__',
  title: '__TITLE__',
  options,

  *candidates(spec, { __OPTION__List: list }, { cwd }): Iterable<Candidate> {
    if (spec?.kind === 'path') {
      yield { executable: resolve(cwd, spec.path), source: 'given by path', isExplicit: true };
      return;
    }
    for (const executable of readList(list)) yield { executable, source: list ?? '' };
  },
});

export default __IDENTIFIER__;

/** The programs that the file names and that are there; relative paths are meant from the file's directory. */
function readList(list: string | undefined): readonly string[] {
  if (list === undefined || !existsSync(list)) {
    throw new VivariumError('__NAME__:LIST_NOT_FOUND', `There is no list of Pythons at ${list ?? 'no path at all'}`, {
      hint: 'Name a file that holds paths of Pythons with --__OPTION_FLAG__-list.',
    });
  }
  const lines = readFileSync(list, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => resolve(dirname(list), line))
    .filter((path) => existsSync(path));
}
