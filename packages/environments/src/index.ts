export {
  type ActivatedEnvironment,
  activationVariables,
  type Variables,
} from './activation/activation-variables.ts';
export { type Advisory, advisories } from './findings/advisories.ts';
export { type DiagnoseOptions, type Diagnosis, diagnose, diagnoseVariables } from './findings/diagnose.ts';
export { isPastEndOfLife } from './findings/end-of-life.ts';
export type { Finding, Remedy } from './findings/finding.ts';
export { type FindingCode, type FindingEntry, findings, type RemedyKind, type Severity } from './findings/table.ts';
export { type InspectOptions, inspect } from './inspect/inspect.ts';
export type {
  Binary,
  CreatedBy,
  Distribution,
  ExecutableState,
  FoundBase,
  FoundLayout,
  FoundPython,
  Inspection,
  Problem,
  RecordedPython,
  Redirect,
  Size,
  StartUpHook,
  ToolName,
} from './inspect/inspection.ts';
export { type Followed, followRedirect } from './inspect/redirect.ts';
export {
  type Listed,
  type ListedEnvironment,
  type ListRequest,
  listEnvironments,
  type UnreadableEnvironment,
} from './list/list-environments.ts';
export type { Relocation } from './relocate/plan-relocation.ts';
export {
  cloneEnvironment,
  moveEnvironment,
  type Relocated,
  type RelocateRequest,
} from './relocate/relocate.ts';
export {
  needsPython,
  planRepair,
  type Repair,
  type RepairRequest,
  type Skipped,
  type WantedFile,
  wantedSeeds,
} from './repair/plan-repair.ts';
export { specsFor, whyOtherPython } from './repair/specs.ts';
export { isPrunable } from './trash/prunable.ts';
export { assertRemovable, type RemoveRequest, removeEnvironment } from './trash/remove.ts';
export {
  KEPT_FOR_MS,
  openTrash,
  purgeTrash,
  putInTrash,
  type Removal,
  type Trash,
  type TrashEntry,
  trashEntries,
} from './trash/trash.ts';
export { type Undone, undoRemoval } from './trash/undo.ts';
