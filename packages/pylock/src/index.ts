export { pylockName } from './file-name.ts';
export { formatPylock } from './format.ts';
export type {
  ArchiveSource,
  DirectorySource,
  FilesSource,
  Hashes,
  IndexSource,
  LockedFile,
  LockedPackage,
  LockOrigin,
  LockWarning,
  PackageSource,
  Pylock,
  TomlTable,
  VcsSource,
} from './lock.ts';
export { LOCK_ERRORS, LockError, type LockErrorCode } from './lock-error.ts';
export { parsePylock, type ReadLock, type TextOptions } from './read/pylock.ts';
export { type LogicalLine, logicalLines } from './requirements/lines.ts';
export { parseRequirements } from './requirements/requirements.ts';
export {
  type Artifact,
  type SelectedPackage,
  type Selection,
  type SelectionTarget,
  type SkippedPackage,
  selectPackages,
} from './select.ts';
export { type ExpectedContent, openVerifier, type Verifier } from './verify.ts';
