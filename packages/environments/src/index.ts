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
