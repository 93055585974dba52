import { ParseError } from '@vivarium/packaging';

/** What a parser refused, and where. */
export interface Refused {
  readonly error: string;
  readonly position: number;
}

/** What a function gives, or where our error says that the text is wrong; any other error is a failure. */
export function attempt<T>(compute: () => T): T | Refused {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ParseError) return { error: error.message, position: error.position };
    throw error;
  }
}
