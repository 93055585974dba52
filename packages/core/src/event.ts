/**
 * What a run tells a program about its progress. `done` and `total` count what is done and all that there is of the same
 * kind: wheels that are fetched, files that are unpacked, steps. Texts for people come by `warn` and `debug`.
 */
export type RunEvent =
  | { readonly type: 'search'; readonly specs: readonly string[] }
  | { readonly type: 'probe'; readonly executable: string }
  | { readonly type: 'found'; readonly executable: string; readonly version: string }
  | { readonly type: 'resolve'; readonly resolver: string; readonly requirements: number }
  | { readonly type: 'download'; readonly packages: readonly string[] }
  | { readonly type: 'fetch'; readonly done: number; readonly total: number }
  | {
      readonly type: 'python';
      readonly phase: 'download' | 'unpack' | 'start';
      /** Implementation, version, build and platform: `cpython-3.12.16-20261110-x86_64-unknown-linux-gnu`. */
      readonly python: string;
      /** Bytes of the archive. */
      readonly done: number;
      /** Missing where it is not known. */
      readonly total?: number;
    }
  | { readonly type: 'unpack'; readonly package: string; readonly done: number; readonly total: number }
  | { readonly type: 'compile'; readonly package: string }
  | { readonly type: 'steps'; readonly done: number; readonly total: number }
  | { readonly type: 'warning'; readonly code: WarningCode; readonly message: string };

/** What a warning is about. Codes are permanent; `OTHER` is that of plugins of others. */
export type WarningCode = (typeof WARNING_CODES)[number];

const WARNING_CODES = [
  'CACHE_NOT_USED',
  'CONFIGURATION_IGNORED',
  'CONTENT_DELETED',
  'IMAGE_BUILT_AGAIN',
  'INTERPRETER_SKIPPED',
  'LEFTOVER_KEPT',
  'LINK_MODE_CHANGED',
  'PROJECT_PYTHON_MISMATCH',
  'PYTHON_CERTIFICATES_MISSING',
  'PYTHON_TERMINALS_MISSING',
  'PYTHON_STORE_NOT_USED',
  'ACTIVATOR_SKIPPED',
  'SEARCH_DIRECTORY_NOT_READABLE',
  'SEED_NOT_COMPILED',
  'SEED_SKIPPED',
  'WHEEL_SKIPPED',
  'WHEEL_YANKED',
  'OTHER',
] as const;

/** Tells the user something that is no error, in one sentence, and a program what it is about. */
export type Warn = (message: string, code?: WarningCode) => void;
