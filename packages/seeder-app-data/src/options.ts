import { defineOptions } from '@vivarium/core';
import { seedOptions } from '@vivarium/wheel-supply';

/** What `--link-mode` takes. */
export const LINK_MODE_CHOICES = ['auto', 'reflink', 'hardlink', 'copy', 'symlink'] as const;

export const options = defineOptions({
  ...seedOptions,
  linkMode: {
    type: 'choice',
    choices: LINK_MODE_CHOICES,
    default: 'auto',
    excludes: 'link-mode',
    help: 'How seed packages get from the cache into the environment; auto: reflink, else hard link, else copy',
  },
  symlinkAppData: {
    type: 'boolean',
    default: false,
    excludes: 'link-mode',
    help: 'Link seed packages to the cache by name: the same as --link-mode symlink',
  },
});
