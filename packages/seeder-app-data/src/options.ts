import { defineOptions } from '@vivarium/core/plugin';
import { seedOptions } from '@vivarium/wheel-resolver';

export const options = defineOptions({
  ...seedOptions,
  linkMode: {
    type: 'choice',
    allowedInProject: 'any',
    choices: ['auto', 'reflink', 'hardlink', 'copy', 'symlink'],
    default: 'auto',
    excludes: 'link-mode',
    group: 'Seed packages',
    help: 'how seed packages get from the cache into the environment; auto: reflink, else hard link, else copy',
  },
  symlinkAppData: {
    type: 'boolean',
    allowedInProject: 'any',
    default: false,
    excludes: 'link-mode',
    group: 'Seed packages',
    help: 'link seed packages to the cache by name: the same as --link-mode symlink',
  },
  compileSeeds: {
    type: 'choice',
    allowedInProject: 'any',
    choices: ['background', 'now', 'never'],
    default: 'background',
    group: 'Seed packages',
    help: 'when seed packages are byte-compiled, once for each Python: in the background, before the run ends, or never',
  },
});
