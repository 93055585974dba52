const BRAND: unique symbol = Symbol.for('vivarium.error') as never;

/** What a {@link VivariumError} carries besides its code and sentence. */
export interface ErrorDetails {
  /** What to do: a sentence of its own, with the exact command where there is one. */
  readonly hint?: string;
  /** The setting that the wrong value came from: `--creator`, `VIVARIUM_CREATOR`, `pyproject.toml` … */
  readonly source?: string;
  /** The error that led to this one. */
  readonly cause?: unknown;
  /** Wrong usage (exit code 2) or something that could not be done (exit code 1). @default 1 */
  readonly exitCode?: 1 | 2;
}

/**
 * Every error that a user is meant to read. `code` is permanent and can be searched for; `message` says in one sentence
 * what is wrong with which value; `hint` says what to do.
 */
export class VivariumError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly source: string | undefined;
  readonly exitCode: 1 | 2;
  /** @internal */
  readonly [BRAND] = true;

  static {
    VivariumError.prototype.name = 'VivariumError';
  }

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(printable(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint === undefined ? undefined : printable(details.hint);
    this.source = details.source;
    this.exitCode = details.exitCode ?? 1;
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
    return `something was thrown that is no error (${typeof thrown})`;
  }
}

/** The `code` of a Node system error (`ENOENT`), if it has one. */
export function systemCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}

// Values from outside end up in messages; control characters in them could move a terminal's cursor or colour its text.
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
