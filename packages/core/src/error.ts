import type { ErrorCode, PluginErrorCode } from './errors.ts';
import { type ErrorExitCode, exitCodeOf } from './exit-codes.ts';
import { printable } from './printable.ts';

const BRAND: unique symbol = Symbol.for('vivarium.error') as never;

const IN_STACK = /^(?:VivariumError|AbortError) \[([^\]\s]+)\]/;

/** What a {@link VivariumError} carries besides its code and message. */
export interface ErrorDetails {
  /** What to do: a sentence of its own, with the exact command where there is one. */
  readonly hint?: string | undefined;
  /** The setting that the wrong value came from: `--creator`, `VIVARIUM_CREATOR`, `pyproject.toml` … */
  readonly source?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** An error as data: what `JSON.stringify` writes and {@link VivariumError.from} reads. */
export interface ErrorJson {
  readonly name: string;
  readonly code: ErrorCode | PluginErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly source?: string;
}

/**
 * Every error that a user is meant to read. `code` is permanent and can be searched for; `message` says in one sentence
 * what is wrong with which value; `hint` says what to do. The errors of an aborted run have the name `AbortError`, as
 * those of Node.js do, and the code `INTERRUPTED`.
 */
export class VivariumError extends Error {
  readonly code: ErrorCode | PluginErrorCode;
  readonly hint: string | undefined;
  readonly source: string | undefined;
  /** @internal */
  readonly [BRAND] = true;

  /**
   * The error that a value is or was: one that was thrown by any copy of this package, or that went through JSON,
   * `structuredClone` or a worker (a clone of the error itself has lost its hint and source; a clone of its `toJSON()`
   * has them). Everything else becomes an `INTERNAL_ERROR` with the value as its cause.
   */
  static readonly from = errorFrom;

  /**
   * @param code one of the table of errors; plugins of others use their own name, a colon and a code:
   *   `elvish:SHELL_NOT_FOUND`
   */
  constructor(code: ErrorCode | PluginErrorCode, message: string, details: ErrorDetails = {}) {
    super(printable(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = code === 'INTERRUPTED' ? 'AbortError' : 'VivariumError';
    this.code = code;
    this.hint = details.hint === undefined ? undefined : printable(details.hint);
    this.source = details.source;
    // As Node.js shows the code of its own errors. It is what is left of the code in a clone of the error.
    this.stack = (this.stack ?? '').replace(/^\w+/, `${this.name} [${code}]`);
  }

  /** What a command exits with for this error, from the table of errors. */
  get exitCode(): ErrorExitCode {
    return exitCodeOf(this.code);
  }

  /** The error without its cause, as data. */
  toJSON(): ErrorJson {
    const { name, code, message, hint, source } = this;
    return {
      name,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(source === undefined ? {} : { source }),
    };
  }
}

/** Whether a caught value is a {@link VivariumError}, also one of another copy of this package. */
export function isVivariumError(error: unknown): error is VivariumError {
  return error instanceof Error && BRAND in error;
}

/** The sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  try {
    return String(thrown);
  } catch {
    // An object need not be one that a text can be made of.
    return `something was thrown that is not an error (${typeof thrown})`;
  }
}

/** The `code` of a Node system error (`ENOENT`), if it has one. */
export function systemCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}

function errorFrom(value: unknown): VivariumError {
  if (isVivariumError(value)) return value;
  const { name, code, message, hint, source, stack, cause }: Record<string, unknown> = Object(value);
  const isOurs = name === 'VivariumError' || (name === 'AbortError' && code === 'INTERRUPTED');
  const ours = isOurs ? code : value instanceof Error ? IN_STACK.exec(`${stack}`)?.[1] : undefined;
  if (typeof ours !== 'string' || typeof message !== 'string') {
    return new VivariumError('INTERNAL_ERROR', messageOf(value), { cause: value });
  }
  // What is no code of this version may be one of another.
  return new VivariumError(ours as ErrorCode, message, { hint: textOrNone(hint), source: textOrNone(source), cause });
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
