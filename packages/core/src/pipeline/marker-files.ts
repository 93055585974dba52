import type { FileStep } from '../plan/step.ts';

/**
 * Tells backup programs that the directory can be created again. The first line is fixed by the Cache Directory Tagging
 * Specification (bford.info/cachedir).
 */
export const cacheTag: FileStep = {
  kind: 'file',
  path: 'CACHEDIR.TAG',
  contents: `Signature: 8a477f597d28d172789f06886806bc55
# This directory is a Python virtual environment made by vivarium.
# Backups can leave it out: it can be created again at any time.
# What this file means is said at https://bford.info/cachedir/
`,
  existing: 'keep',
};

/** Keeps the whole directory out of the repository around it. */
export const gitIgnore: FileStep = {
  kind: 'file',
  path: '.gitignore',
  contents: `# Created by vivarium: a virtual environment is created again, not committed.
*
`,
  existing: 'keep',
};
