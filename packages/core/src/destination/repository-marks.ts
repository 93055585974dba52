/** Entries by which the root of a repository is recognised: Git, Mercurial, Subversion, Jujutsu, Bazaar, Sapling, Pijul, Darcs, Fossil. */
export const REPOSITORY_MARKS: readonly string[] = [
  ...['.git', '.hg', '.svn', '.jj', '.bzr', '.sl', '.pijul', '_darcs', '.fslckout', '_FOSSIL_'],
];
