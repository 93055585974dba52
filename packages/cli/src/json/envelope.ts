import { VivariumError } from '@vivarium/core/host';

/** An error as `--json` prints it. */
export interface JsonError {
  /** Permanent; one of the table of errors, or a plugin's own. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** The setting that the wrong value came from. */
  readonly source: string | null;
  /** The environment that could not be created, where several were asked for. */
  readonly destination?: string;
}

/**
 * The one document that a command prints with `--json`, described by `output.schema.json`.
 *
 * @param command the name of the command; `null` where none was recognized
 * @param data what the command found or did
 * @param errors what went wrong; in part, where there is data too
 */
export function envelope(command: string | null, data: object, errors: readonly JsonError[] = []): string {
  return JSON.stringify({ format: 1, command, ...data, errors }, null, 2);
}

/** What `--json` prints of an error. */
export function jsonError(error: unknown): JsonError {
  const { code, message, hint, source } = VivariumError.from(error);
  return { code, message, hint: hint ?? null, source: source ?? null };
}
