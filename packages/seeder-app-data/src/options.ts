import { defineOptions } from '@vivarium/core';
import { seedOptions } from '@vivarium/wheel-supply';

export const options = defineOptions({
  ...seedOptions,
  linkMode: {
    type: 'choice',
    choices: ['auto', 'reflink', 'hardlink', 'copy', 'symlink'],
    default: 'auto',
    excludes: 'link-mode',
    group: 'Seed packages',
    help: 'How seed packages get from the cache into the environment; auto: reflink, else hard link, else copy',
  },
  symlinkAppData: {
    type: 'boolean',
    default: false,
    excludes: 'link-mode',
    group: 'Seed packages',
    help: 'Link seed packages to the cache by name: the same as --link-mode symlink',
  },
  compileSeeds: {
    type: 'choice',
    choices: ['background', 'now', 'never'],
    default: 'background',
    group: 'Seed packages',
    help: 'When seed packages are byte-compiled, once for each Python: in the background, before it ends, or never',
  },
});
