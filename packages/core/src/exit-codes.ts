import type { ErrorCode, ErrorEntry, errors, PluginErrorCode } from './errors.ts';

/** What a command exits with: 1 it could not be done, 2 the input is wrong, 126 and 127 see `ErrorEntry`, 130 it was interrupted. */
export type ErrorExitCode = ErrorEntry['exitCode'];

/** The part of the table of errors that every run loads. The compiler holds it to that table. */
type OtherThanOne = {
  readonly [Code in ErrorCode as (typeof errors)[Code]['exitCode'] extends 1
    ? never
    : Code]: (typeof errors)[Code]['exitCode'];
};

const OTHER_THAN_ONE: OtherThanOne = {
  ARGUMENT_INVALID: 2,
  CACHE_NOT_MARKED: 2,
  CACHE_READ_ONLY: 2,
  CENTRAL_NAME_INVALID: 2,
  COMMAND_NOT_EXECUTABLE: 126,
  COMMAND_NOT_FOUND: 127,
  COMMAND_NOT_STARTED: 126,
  CONFIG_INVALID: 2,
  CONFIG_NOT_FOUND: 2,
  CONFIRMATION_NOT_POSSIBLE: 2,
  CWD_NOT_FOUND: 2,
  DESTINATION_CHARACTER_INVALID: 2,
  DESTINATION_CONTENT_PROTECTED: 2,
  DESTINATION_DUPLICATE: 2,
  DESTINATION_EMPTY: 2,
  DESTINATION_LINK_INVALID: 2,
  DESTINATION_NOT_DIRECTORY: 2,
  DESTINATION_NOT_EMPTY: 2,
  DESTINATION_NOT_ENVIRONMENT: 2,
  DESTINATION_NOT_WRITABLE: 2,
  DESTINATION_PROTECTED: 2,
  DESTINATION_PYTHON_MISMATCH: 2,
  DESTINATION_SEPARATOR_INVALID: 2,
  ENVIRONMENT_NOT_FOUND: 2,
  FILE_SIZE_INVALID: 2,
  INTERRUPTED: 130,
  LOCK_INVALID: 2,
  LOCK_NAME_INVALID: 2,
  LOCK_NOT_FOUND: 2,
  PACKAGES_NOT_CLEAR: 2,
  PLUGIN_KIND_MISMATCH: 2,
  PLUGIN_NAME_INVALID: 2,
  PLUGIN_NOT_FOUND: 2,
  PLUGIN_NOT_TRUSTED: 2,
  PYTHON_MANIFEST_INVALID: 2,
  PYVENV_CFG_INVALID: 2,
  REDIRECT_PROTECTED: 2,
  REQUIREMENTS_EMPTY: 2,
  REQUIREMENTS_NOT_READABLE: 2,
  REQUIREMENT_INVALID: 2,
  SBOM_NOT_WRITABLE: 2,
  SEED_PACKAGE_INVALID: 2,
  SEED_VERSION_INVALID: 2,
  SETTING_INVALID: 2,
  SPEC_INVALID: 2,
  TIME_LIMIT_INVALID: 2,
};

/** The exit code that the table of errors has for a code; 1 for the codes of plugins. */
export function exitCodeOf(code: ErrorCode | PluginErrorCode): ErrorExitCode {
  return Object.hasOwn(OTHER_THAN_ONE, code) ? OTHER_THAN_ONE[code as keyof OtherThanOne] : 1;
}
