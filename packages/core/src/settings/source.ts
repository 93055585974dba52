/** Where the value of a setting came from; what an error or `--verbose` names. */
export interface SettingSource {
  readonly layer: 'flag' | 'variable' | 'file' | 'default' | 'call';
  /** `--creator`, `VIVARIUM_CREATOR`, `pyproject.toml (tool.vivarium.creator)`. */
  readonly name: string;
  /** The file it stands in, absolute. Names of plugins and relative paths in it are meant from its directory. */
  readonly file?: string;
  /** The file came with a project, and not from the user: it can't make code run by itself. */
  readonly isProject?: true;
  /** Another user, who is not root, put the file where it was found: it can't make code run at all. */
  readonly isForeign?: true;
}

/** What a flag was given on the command line. */
export interface FlagValue {
  /** The flag as it was typed: `--no-download`. */
  readonly flag: string;
  readonly value: boolean | number | string | readonly string[];
}

/** A table of settings that was read from a file. */
export interface ConfigTable {
  /** The file, absolute. Relative paths in it are meant from its directory. */
  readonly path: string;
  /** What messages put before a key: `tool.vivarium.`. */
  readonly prefix: string;
  /** Values by key as they stand in the file. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The table is another program's too: keys that no one knows are none of our business. */
  readonly isShared: boolean;
  /** The file is part of a project, which may come from any source: it is data. */
  readonly isProject?: true;
  /** The file was found, and not named, and another user, who is not root, put it there: it is data. */
  readonly isForeign?: true;
}

/** Everything that settings are derived from; an earlier layer beats a later one. */
export interface SettingLayers {
  /** By the option's name in code. */
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The first file that has a key wins. */
  readonly files: readonly ConfigTable[];
  /** What relative paths in flags and variables are meant from. */
  readonly cwd: string;
}
