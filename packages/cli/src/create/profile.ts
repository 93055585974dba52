import type { ConfigTable, Tool } from '@vivarium/core/host';
import type { ConfigRequest } from '../config/config-files.ts';
import type { CreateRequest, RedirectPolicy } from './request.ts';

/** What `create` does otherwise when it stands in for another program. */
export interface Profile {
  readonly tool: Tool;
  /** The tables of settings that count, the strongest first. */
  readonly readTables: (where: ConfigRequest) => Promise<readonly ConfigTable[]>;
  /** The variables that settings are read from. */
  readonly variables: (env: ConfigRequest['env']) => ConfigRequest['env'];
  /** Whether a bad value in a variable or a file is only warned of. */
  readonly ignoresInvalidValues: boolean;
  /** When a redirect is written. */
  readonly redirect: RedirectPolicy;
  /** What is checked of a destination before anything else; it throws what is wrong. */
  readonly checkDestination: (destination: string, request: CreateRequest) => Promise<void>;
  /** What is checked before a missing destination is complained of; it throws what is wrong. */
  readonly beforeMissing?: (request: CreateRequest) => Promise<void>;
}
