/** What is known of all errors with one code. */
export interface ErrorEntry {
  /**
   * How the command ends: 1 it could not be done, 2 the input is wrong, 130 it was interrupted; 126 and 127 are those of a
   * command that was to be run and cannot be started or found (POSIX.1-2024, Shell Command Language, 2.8.2).
   */
  readonly exitCode: 1 | 2 | 126 | 127 | 130;
  /** What is wrong, in one sentence without the values. */
  readonly title: string;
  /** What helps in general; the hint of an error is about the case at issue. */
  readonly remedy: string;
}

/** A code names a subject and then what is wrong with it. */
type SubjectAndProblem =
  | 'INTERNAL_ERROR'
  | 'INTERRUPTED'
  | `${string}_${
      | 'DUPLICATE'
      | 'EMPTY'
      | 'FAILED'
      | 'INVALID'
      | 'MISMATCH'
      | `NOT_${string}`
      | 'PROTECTED'
      | 'READ_ONLY'
      | 'TAKEN'
      | 'TIMED_OUT'}`;

/**
 * All errors of vivarium and its official plugins, by code. Codes are permanent. Everything else is derived from this
 * table: the type of the codes, the exit codes and the page `docs/reference/errors.md`.
 *
 * It is for the page, and for whatever explains a code. Nothing that every run loads imports more than its types.
 */
export const errors = {
  ARGUMENT_INVALID: {
    exitCode: 2,
    title: 'An argument of the command is unknown, missing, or not allowed here.',
    remedy: 'Read `vivarium COMMAND --help`.',
  },
  BUILD_FAILED: {
    exitCode: 1,
    title: 'The wheel of a package could not be built by pip.',
    remedy: 'Read what it says, which is part of the message; a build may need a compiler and headers.',
  },
  BUILD_NOT_ALLOWED: {
    exitCode: 1,
    title: 'A package has no wheel, and building one runs its code.',
    remedy: 'Allow it with `--allow-build`, or choose a version that has a wheel.',
  },
  CACHE_NOT_MARKED: {
    exitCode: 2,
    title: 'The directory that is to be emptied is not marked as a cache.',
    remedy: 'Check the directory that `--app-data` or `VIVARIUM_APP_DATA` names.',
  },
  CACHE_NOT_WRITABLE: {
    exitCode: 1,
    title: 'Neither the cache nor the temporary directory can be written.',
    remedy: 'Make room on the disk, or name another directory with `--app-data` or `TMPDIR`.',
  },
  CACHE_READ_ONLY: {
    exitCode: 2,
    title: 'The cache is to be changed, and another option forbids it.',
    remedy: 'Leave out one of the two options.',
  },
  CENTRAL_NAME_INVALID: {
    exitCode: 2,
    title: 'The name of a central environment has characters that are not allowed in it.',
    remedy: 'Use letters, digits, `.`, `_` and `-`.',
  },
  COMMAND_NOT_EXECUTABLE: {
    exitCode: 126,
    title: 'The file of a command exists and may not be executed.',
    remedy: 'Check its permissions.',
  },
  COMMAND_NOT_FOUND: {
    exitCode: 127,
    title: 'There is no command of this name in the environment or in the other directories of `PATH`.',
    remedy: 'Check the name, or install what brings it into the environment.',
  },
  COMMAND_NOT_STARTED: {
    exitCode: 126,
    title: 'The system could not start a command.',
    remedy: 'Check the first line of a script, and whether the program is for this machine.',
  },
  CONFIG_INVALID: {
    exitCode: 2,
    title: 'A configuration file has a syntax error.',
    remedy: 'Correct the file at the line that the message names.',
  },
  CONFIG_NOT_FOUND: {
    exitCode: 2,
    title: 'The configuration file that a variable names does not exist.',
    remedy: 'Correct or unset the variable.',
  },
  CONFIG_NOT_READABLE: {
    exitCode: 1,
    title: 'The system could not read a configuration file.',
    remedy: 'Check the file and the disk.',
  },
  CONFIRMATION_NOT_POSSIBLE: {
    exitCode: 2,
    title: 'Something is to be removed, and there is no terminal to ask whether it may be.',
    remedy: 'Add `--yes`.',
  },
  COPIES_NOT_SUPPORTED: {
    exitCode: 1,
    title: 'This Python does not work as a copy, so that `--copies` cannot be done.',
    remedy: 'Leave out `--copies`, or use another Python.',
  },
  CREATOR_NOT_FOUND: {
    exitCode: 1,
    title: 'No creator supports the interpreter.',
    remedy: 'Use another Python, or a plugin that supports this one; the message has the reason of each creator.',
  },
  CWD_NOT_FOUND: {
    exitCode: 2,
    title: 'The cwd was deleted, so that a relative path means nothing.',
    remedy: 'Change to another directory, or give an absolute path.',
  },
  DESTINATION_CHARACTER_INVALID: {
    exitCode: 2,
    title: 'The destination has a character that no environment can have in its path.',
    remedy: 'Use a name without control characters that is valid UTF-8.',
  },
  DESTINATION_CONTENT_PROTECTED: {
    exitCode: 2,
    title: 'The environment that is to be cleared has a version control repository in it.',
    remedy: 'Move the repository elsewhere, or add `--force`.',
  },
  DESTINATION_DUPLICATE: {
    exitCode: 2,
    title: 'Two environments of one run have the same destination.',
    remedy: 'Give each environment its own destination.',
  },
  DESTINATION_EMPTY: { exitCode: 2, title: 'The destination is an empty string.', remedy: 'Name a directory.' },
  DESTINATION_LINK_INVALID: {
    exitCode: 2,
    title: 'The symbolic links in the path of the destination form a loop.',
    remedy: 'Correct the links, or choose another destination.',
  },
  DESTINATION_NOT_DIRECTORY: {
    exitCode: 2,
    title: 'The destination, or a part of its path, is a file.',
    remedy: 'Choose another destination.',
  },
  DESTINATION_NOT_EMPTY: {
    exitCode: 2,
    title: 'The directory in which something new is to be created has something in it.',
    remedy: 'Name a directory that is empty or does not exist.',
  },
  DESTINATION_NOT_ENVIRONMENT: {
    exitCode: 2,
    title: 'The destination is not empty and is not a virtual environment.',
    remedy: 'Choose a new directory inside it, or allow it with `--allow-existing`, or with `--clear --force`.',
  },
  DESTINATION_NOT_WRITABLE: {
    exitCode: 2,
    title: 'The destination cannot be reached, read or written.',
    remedy: 'Choose a directory that you may write to.',
  },
  DESTINATION_PROTECTED: {
    exitCode: 2,
    title: 'The destination is a directory that is never cleared, such as the home directory or an installed Python.',
    remedy: 'Choose a new directory.',
  },
  DESTINATION_PYTHON_MISMATCH: {
    exitCode: 2,
    title: 'The environment at the destination uses another Python.',
    remedy: 'Use that Python, or create the environment again with `--clear`.',
  },
  DESTINATION_SEPARATOR_INVALID: {
    exitCode: 2,
    title: 'The destination contains the separator of `PATH`, so that it cannot be an entry there.',
    remedy: 'Choose a path without `:` (`;` on Windows).',
  },
  DESTINATION_TAKEN: {
    exitCode: 1,
    title: 'Another process created something at the destination in the meantime.',
    remedy: 'Check what is there now; nothing of it was changed.',
  },
  DOWNLOAD_FAILED: {
    exitCode: 1,
    title: 'A wheel could not be fetched.',
    remedy: 'Check the network and the configuration of pip (index, proxy, certificates).',
  },
  ENVIRONMENT_NOT_FOUND: {
    exitCode: 2,
    title: 'Nothing is at the path, or something that is not a virtual environment.',
    remedy: 'Name the directory of an environment, the one with the `pyvenv.cfg`.',
  },
  ENVIRONMENT_NOT_MOVABLE: {
    exitCode: 1,
    title: 'The environment cannot be moved or cloned.',
    remedy: 'Create another one at the new place; the message has the reason.',
  },
  ENVIRONMENT_NOT_READABLE: {
    exitCode: 1,
    title: 'The system does not let this user look at the environment.',
    remedy: 'Ask its owner, or run the command as that user.',
  },
  ENVIRONMENT_NOT_USABLE: {
    exitCode: 1,
    title: 'The Python of an environment cannot be started, so that nothing is run in it.',
    remedy: 'Run `vivarium doctor` on it.',
  },
  FILE_SIZE_INVALID: {
    exitCode: 2,
    title: 'A configuration file is larger than any such file.',
    remedy: 'Check which file it is.',
  },
  HOME_NOT_FOUND: {
    exitCode: 1,
    title: 'No home directory is known, so that there is no default directory for the cache.',
    remedy: 'Set `HOME`, or name a directory with `--app-data`.',
  },
  INTERNAL_ERROR: {
    exitCode: 1,
    title: 'Something failed that should not: a bug in vivarium or in a plugin.',
    remedy: 'Report it: the command prints where, and a text to paste that names neither you nor your files.',
  },
  INTERPRETER_BASE_NOT_FOUND: {
    exitCode: 1,
    title: 'The Python that an environment was created from cannot be found.',
    remedy: 'Use another Python with `-p`.',
  },
  INTERPRETER_FILE_NOT_FOUND: {
    exitCode: 1,
    title: 'No file exists at the path that was given for the Python.',
    remedy: 'Correct the path, or name a version.',
  },
  INTERPRETER_NOT_FOUND: {
    exitCode: 1,
    title: 'No Python on this machine is what was asked for.',
    remedy: 'Install one, or ask for another; `vivarium pythons` lists what is there.',
  },
  INTERPRETER_NOT_INSTALLED: {
    exitCode: 1,
    title: 'The executable is not a Python: it only opens the Microsoft Store.',
    remedy: 'Install Python, or switch off the alias in the settings of Windows.',
  },
  INTERRUPTED: {
    exitCode: 130,
    title: 'The run was interrupted by a signal or aborted by its caller.',
    remedy: 'Nothing needs to be done: what was begun was rolled back.',
  },
  LIBRARIES_NOT_FOUND: {
    exitCode: 1,
    title: 'The files that the interpreter needs next to its executable are not known.',
    remedy: 'Use another Python, or `--creator venv`.',
  },
  LOCK_INVALID: {
    exitCode: 2,
    title: 'A lock file is not what its format asks for.',
    remedy: 'Correct the place that the message names, or write the lock again.',
  },
  LOCK_NAME_INVALID: {
    exitCode: 2,
    title: 'The name of a file that a lock is to be written to is not one that tools take for a lock.',
    remedy: 'Call it `pylock.toml`, or `pylock.NAME.toml` with a name that has no dot.',
  },
  LOCK_NOT_FOUND: {
    exitCode: 2,
    title: 'The lock file is not there or can not be read.',
    remedy: 'Check the path that `--lock` names.',
  },
  LOCK_NOT_USABLE: {
    exitCode: 1,
    title: 'The lock is in order, and not for this interpreter or not for what was asked for.',
    remedy: 'Choose another interpreter with `-p`, or write the lock for this one too.',
  },
  LOCK_NOT_WRITTEN: {
    exitCode: 1,
    title: 'The system refused to write a lock file.',
    remedy: 'Name a file in an existing directory that you may write to.',
  },
  OUTPUT_NOT_WRITABLE: {
    exitCode: 1,
    title: 'Standard output can not be written.',
    remedy: 'Check where the output goes to; what the command does was done.',
  },
  PACKAGES_NOT_CLEAR: {
    exitCode: 2,
    title: 'Two options contradict each other about what is to be installed.',
    remedy: 'Leave one of the two out.',
  },
  PACKAGE_MISMATCH: {
    exitCode: 1,
    title: 'A file of a package is not the one that the lock names.',
    remedy: 'Remove the file or the copy of the index that serves it, or write the lock again.',
  },
  PACKAGE_NOT_AVAILABLE: {
    exitCode: 1,
    title: 'A file of a package is neither in the cache nor at the path that the lock names, and may not be fetched.',
    remedy: 'Run once without `--offline`, or put the files where the lock says.',
  },
  PACKAGE_PATH_TAKEN: {
    exitCode: 1,
    title: 'A package brings a file that another one brings too, or that belongs to the environment itself.',
    remedy: 'Take one of the two packages out of the lock, or another version of it.',
  },
  PLATFORM_MISMATCH: {
    exitCode: 1,
    title: 'A plan for another platform cannot be applied here.',
    remedy: 'Apply it on the platform of its interpreter.',
  },
  PLUGIN_ANSWER_INVALID: {
    exitCode: 1,
    title: 'A plugin returned what its contract does not allow; nothing was written.',
    remedy: 'Report it to the author of the plugin.',
  },
  PLUGIN_CONTRACT_MISMATCH: {
    exitCode: 1,
    title: 'A plugin was written for another version of the contract.',
    remedy: 'Update the plugin or vivarium; the message names both versions.',
  },
  PLUGIN_FAILED: {
    exitCode: 1,
    title: 'A plugin threw an error while it was used.',
    remedy: 'Report it to the author of the plugin.',
  },
  PLUGIN_INVALID: {
    exitCode: 1,
    title:
      'A package or file is not a plugin: no field `vivarium`, not built, or exports that do not fit the contract.',
    remedy: 'Check the name; authors find the contract in `docs/plugins`.',
  },
  PLUGIN_KIND_MISMATCH: {
    exitCode: 2,
    title: 'A package has no plugin of the kind that was asked for.',
    remedy: 'Name it with the option of its own kind.',
  },
  PLUGIN_LOAD_FAILED: {
    exitCode: 1,
    title: 'A plugin failed or timed out while it was loaded.',
    remedy: 'Report it to the author of the plugin; `VIVARIUM_PLUGIN_TIMEOUT` sets the limit in seconds.',
  },
  PLUGIN_NAME_INVALID: {
    exitCode: 2,
    title: 'The name of a plugin is not a short name, a package name or a path.',
    remedy: 'Correct the name.',
  },
  PLUGIN_NOT_FOUND: {
    exitCode: 2,
    title: 'No plugin has this name.',
    remedy: 'Correct the name; `vivarium plugins` lists what is available.',
  },
  PLUGIN_NOT_TRUSTED: {
    exitCode: 2,
    title: 'A file of the project names a plugin, and a project may not make code run.',
    remedy: 'Allow it with `--project-plugins`.',
  },
  PLUGIN_OPTION_DUPLICATE: {
    exitCode: 1,
    title: 'An option of a plugin has a name that another option has.',
    remedy: 'Leave out one of the two plugins.',
  },
  PROBE_ANSWER_INVALID: {
    exitCode: 1,
    title: 'An executable printed something else than a Python does while it was probed.',
    remedy: 'Use another Python with `-p`.',
  },
  PROBE_EXECUTABLE_MISMATCH: {
    exitCode: 1,
    title: 'A wrapper of a Python reports the path of another program.',
    remedy: 'Choose the Python that the wrapper starts, by its path.',
  },
  PROBE_FAILED: {
    exitCode: 1,
    title: 'A Python exited with an error while it was probed.',
    remedy: 'Start it by hand to see what is wrong with it, or use another Python with `-p`.',
  },
  PROBE_NOT_STARTED: {
    exitCode: 1,
    title: 'The system could not start an executable to probe it.',
    remedy: 'Use another Python with `-p`.',
  },
  PROBE_TIMED_OUT: {
    exitCode: 1,
    title: 'A Python did not answer in time while it was probed.',
    remedy: 'Raise the limit with `VIVARIUM_DISCOVERY_TIMEOUT` (seconds), or use another Python with `-p`.',
  },
  PROCESS_FAILED: {
    exitCode: 1,
    title: 'A process that a plan starts failed or timed out.',
    remedy: 'Read what it printed; the hint of the error has it.',
  },
  PYTHON_ARCHIVE_INVALID: {
    exitCode: 1,
    title: 'The archive of a Python is not the one that the manifest names, or holds what must not be unpacked.',
    remedy: 'Use another mirror; nothing of the archive was kept.',
  },
  PYTHON_BUILD_NOT_FOUND: {
    exitCode: 1,
    title: 'The manifest of Pythons has none that is asked for, or none for this machine.',
    remedy: 'Ask for another version; `vivarium pythons --available` lists what there is.',
  },
  PYTHON_DOWNLOAD_FAILED: {
    exitCode: 1,
    title: 'A Python could not be fetched from any of the mirrors.',
    remedy:
      'Check the network, the proxy and the certificates, or name a mirror or a directory of archives with `--python-mirror`.',
  },
  PYTHON_MANIFEST_INVALID: {
    exitCode: 2,
    title: 'The manifest of Pythons that a setting names has not the form of one, or can not be read.',
    remedy: 'Correct the address or the file that `--python-manifest` names.',
  },
  PYTHON_NOT_INSTALLED: {
    exitCode: 1,
    title: 'The Python that is to be removed or upgraded is not one that vivarium has installed.',
    remedy: '`vivarium pythons` lists what there is.',
  },
  PYTHON_NOT_USABLE: {
    exitCode: 1,
    title: 'A Python that was fetched does not start on this machine; it was not installed.',
    remedy: 'Ask for another version, or use a Python of the system.',
  },
  PYTHON_PROTECTED: {
    exitCode: 1,
    title: 'The Python that is to be removed is used by environments.',
    remedy: 'Remove these environments first, or lead them to another Python with `vivarium repair`.',
  },
  PYTHON_STORE_NOT_WRITABLE: {
    exitCode: 1,
    title: 'The directory of managed Pythons can not be written.',
    remedy: 'Make room on the disk, or name another directory with `--python-store`.',
  },
  PYVENV_CFG_INVALID: {
    exitCode: 2,
    title: 'A value has a line break, which `pyvenv.cfg` cannot express.',
    remedy: 'Use a prompt, or an interpreter, without a line break.',
  },
  REDIRECT_PROTECTED: {
    exitCode: 2,
    title: 'A `.venv` exists where a redirect is to be written, and is kept.',
    remedy: 'Remove or rename it, or leave out `--central`.',
  },
  REPAIR_NOT_COMPLETE: {
    exitCode: 1,
    title: 'Some of what is wrong with an environment could not be repaired; the rest was.',
    remedy: 'Run the commands that the message names.',
  },
  REQUIREMENTS_EMPTY: {
    exitCode: 2,
    title: 'Nothing was named that could be resolved.',
    remedy: 'Name a requirements file with `-r`, or a requirement with `--with`.',
  },
  REQUIREMENTS_NOT_READABLE: {
    exitCode: 2,
    title: 'A requirements file does not exist or cannot be read.',
    remedy: 'Correct the path, or the file that names it.',
  },
  REQUIREMENT_INVALID: {
    exitCode: 2,
    title: 'What was given with `--with` is not a requirement.',
    remedy: 'Write a name with or without a version (`requests`, `django>=5,<6`), a path, or a URL.',
  },
  RESOLUTION_FAILED: {
    exitCode: 1,
    title: 'The requirements could not be resolved by pip or uv.',
    remedy:
      'Read what it says, which is part of the message: a conflict, a package that does not exist, or the network.',
  },
  RESOLVER_NOT_FOUND: {
    exitCode: 1,
    title: 'The program that is to resolve requirements is not installed.',
    remedy: 'Install it, or use the other one with `--resolver`.',
  },
  RESOLVER_NOT_SUPPORTED: {
    exitCode: 1,
    title: 'No pip for this Python can resolve requirements without installing them.',
    remedy:
      'Write the lock with a Python from 3.7 on, or use a `requirements.txt` in which everything is pinned and hashed.',
  },
  SBOM_NOT_WRITABLE: {
    exitCode: 2,
    title: 'The bill of materials cannot be written at its path; no environment was created.',
    remedy: 'Name a file in an existing directory that you may write to.',
  },
  SBOM_NOT_WRITTEN: {
    exitCode: 1,
    title: 'The environment was created, and its bill of materials could not be written.',
    remedy: 'Name a file in an existing directory that you may write to.',
  },
  SEED_NOT_FOUND: {
    exitCode: 1,
    title: 'No wheel is available for a seed package.',
    remedy: 'Allow another version, add a directory with `--extra-search-dir`, or allow the network with `--download`.',
  },
  SEED_PACKAGE_INVALID: {
    exitCode: 2,
    title: 'A seed package is not written as a name with or without a version.',
    remedy: 'Write `NAME`, `NAME==VERSION` or a range such as `NAME>=1.0,<2`.',
  },
  SEED_VERSION_INVALID: {
    exitCode: 2,
    title: 'The version of a seed package is none.',
    remedy: 'Write `bundle`, `embed`, `none`, a version, or a range such as `>=23,<25`.',
  },
  SEED_WHEELS_NOT_FOUND: {
    exitCode: 1,
    title: 'The wheels that new environments start with were not shipped with a program that bundles vivarium.',
    remedy: 'Export them with `vivarium seed-wheels export`, ship the directory, and name it with `--seed-wheels`.',
  },
  SEED_WHEELS_NOT_INSTALLED: {
    exitCode: 1,
    title: 'The package `@vivarium/seed-wheels`, which the seed packages come from, is not installed.',
    remedy: 'Install vivarium again, or add `@vivarium/seed-wheels`.',
  },
  SETTING_INVALID: {
    exitCode: 2,
    title: 'A setting is unknown or its value is not allowed.',
    remedy: 'Correct the values; each line of the message names one and where it is from.',
  },
  SPEC_INVALID: {
    exitCode: 2,
    title: 'What was given for the Python is neither a path nor a version.',
    remedy: 'Write a path, `3.12`, `pypy3`, or a range such as `>=3.10,<3.13`.',
  },
  STAGING_NOT_INTACT: {
    exitCode: 1,
    title: 'The directory in which the environment was being built was removed or changed by another process.',
    remedy:
      'Run the command again. Programs that clean up there have to leave names that begin with `.vivarium-` alone.',
  },
  TIME_LIMIT_INVALID: {
    exitCode: 2,
    title: 'A variable that sets a time limit has a value that is not a number of seconds.',
    remedy: 'Correct or unset the variable.',
  },
  TOOL_NOT_FOUND: {
    exitCode: 1,
    title: 'The environment has no command of this name.',
    remedy: 'Install the package that has it into the environment.',
  },
  TRASH_ENTRY_NOT_FOUND: {
    exitCode: 1,
    title: 'Nothing that can be restored was removed at this place within the last day.',
    remedy: 'See `vivarium undo --list`.',
  },
  UPGRADE_FAILED: {
    exitCode: 1,
    title: 'Newer versions of some seed packages could not be fetched.',
    remedy: 'Check the network and the configuration of pip; what was fetched is in the cache.',
  },
  WHEEL_INVALID: {
    exitCode: 1,
    title: 'A wheel is damaged or not allowed; nothing of it was used.',
    remedy: 'Fetch the wheel again, or remove it from the directories that are searched.',
  },
  WRITE_FAILED: {
    exitCode: 1,
    title: 'The system refused to write a file of the environment; what was begun was rolled back.',
    remedy: 'Make room on the disk, or choose a destination that you may write to.',
  },
} as const satisfies Partial<Record<SubjectAndProblem, ErrorEntry>>;

/** The code of an error of vivarium or its official plugins. */
export type ErrorCode = keyof typeof errors;

/** The code of an error of anyone else's plugin: its own name, a colon, and the code: `elvish:SHELL_NOT_FOUND`. */
export type PluginErrorCode = `${string}:${string}`;
