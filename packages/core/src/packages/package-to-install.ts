import type { SeedPackage } from '../plan/plan.ts';

/** A package that is to be installed, of which the wheel is known: what, and not how. Plain data. */
export interface PackageToInstall extends SeedPackage {
  /** Normalized as PEP 503 has it. */
  readonly name: string;
  /** File name of the wheel. */
  readonly wheel: string;
  /** SHA-256 that the wheel has to have, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Where the wheel comes from, as reports and receipts name it: a URL, a path, `seed-wheels`. */
  readonly origin: string;
  /** The absolute path of the wheel, where that is on this machine already. */
  readonly path?: string;
  /** It was asked for, and is not there by itself: it gets a file REQUESTED. */
  readonly isRequested: boolean;
  /** What `direct_url.json` says (PEP 610). Only for what does not come from an index: an archive, a repository, a directory. */
  readonly directUrl?: DirectUrl;
}

/** The content of a `direct_url.json` (direct URL data structure). One of the three tables is there. */
export interface DirectUrl {
  readonly url: string;
  readonly archive_info?: { readonly hash?: string; readonly hashes?: Readonly<Record<string, string>> };
  readonly vcs_info?: {
    readonly vcs: string;
    readonly commit_id: string;
    readonly requested_revision?: string;
  };
  readonly dir_info?: { readonly editable?: boolean };
  readonly subdirectory?: string;
}
