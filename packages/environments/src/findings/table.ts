/** How bad a finding is: it does not work; it works and something in it is wrong; it works, and is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * What fixes a finding. `repair`: `vivarium repair` does it. `python`: it does it with another Python, which has to be
 * named. `command`: a command for the user, since it concerns more than the environment.
 */
export type RemedyKind = 'repair' | 'python' | 'command';

/** What is known of all findings with one code. */
export interface FindingEntry {
  readonly severity: Severity;
  /** What is wrong, in one sentence without the values. */
  readonly title: string;
  readonly remedy: RemedyKind;
  /** What the remedy does, in one sentence. */
  readonly fix: string;
}

/**
 * Everything that can be wrong with an environment, by code. Codes are permanent. The type of the codes, the order in
 * which findings are printed, and the page of the reference come from this table.
 */
export const findings = {
  REDIRECT_DANGLING: {
    severity: 'error',
    title: 'The redirect names an environment that does not exist.',
    remedy: 'command',
    fix: 'Create the environment that it names, or remove the redirect.',
  },
  REDIRECT_INVALID: {
    severity: 'error',
    title: 'The `.venv` file names no directory.',
    remedy: 'command',
    fix: 'Remove the file, and create an environment in its place.',
  },
  CONFIGURATION_NOT_READABLE: {
    severity: 'error',
    title: '`pyvenv.cfg` is missing or cannot be read, so that its Python does not know that it is in an environment.',
    remedy: 'repair',
    fix: 'Writes it again for the Python that the environment leads to.',
  },
  CONFIGURATION_INCOMPLETE: {
    severity: 'error',
    title: '`pyvenv.cfg` does not say where the base is.',
    remedy: 'repair',
    fix: 'Adds what is missing, and keeps the rest.',
  },
  CONFIGURATION_KEY_MISSING: {
    severity: 'warning',
    title:
      '`pyvenv.cfg` lacks keys that creators write; without `include-system-site-packages` packages of the base are used.',
    remedy: 'repair',
    fix: 'Adds them, and keeps the rest.',
  },
  BASE_NOT_FOUND: {
    severity: 'error',
    title: 'The Python that the environment is based on is gone.',
    remedy: 'repair',
    fix: 'Leads links and `pyvenv.cfg` to another Python of the same minor version.',
  },
  BASE_MISMATCH: {
    severity: 'error',
    title: 'The base is of another minor version or implementation than the environment.',
    remedy: 'repair',
    fix: 'Leads links and `pyvenv.cfg` to a Python of the version that the packages are installed for.',
  },
  BASE_PLATFORM_MISMATCH: {
    severity: 'error',
    title: 'The Python of the environment is built for another machine or C library.',
    remedy: 'repair',
    fix: 'Leads links and `pyvenv.cfg` to a Python of this machine of the same minor version.',
  },
  BASE_REPLACED: {
    severity: 'info',
    title: 'The base was upgraded to another patch version.',
    remedy: 'repair',
    fix: 'Records the version in `pyvenv.cfg`.',
  },
  PYTHON_NOT_FOUND: {
    severity: 'error',
    title: 'The environment has no executable of Python.',
    remedy: 'repair',
    fix: 'Creates the executables again.',
  },
  PYTHON_NOT_USABLE: {
    severity: 'error',
    title: 'The executable of the environment cannot be started.',
    remedy: 'repair',
    fix: 'Creates the executables again.',
  },
  LAYOUT_FILE_MISSING: {
    severity: 'warning',
    title: 'Files are missing that the creation has left: names of the executable, scripts for activation, `lib64`.',
    remedy: 'repair',
    fix: 'Creates them again.',
  },
  SITE_PACKAGES_NOT_FOUND: {
    severity: 'error',
    title: 'The environment has no directory for packages.',
    remedy: 'repair',
    fix: 'Creates the directories again, with pip.',
  },
  ENVIRONMENT_MOVED: {
    severity: 'error',
    title: 'The environment was moved or copied: its scripts name the place where it was.',
    remedy: 'repair',
    fix: 'Writes the scripts for activation and the first lines of commands for the new place.',
  },
  SCRIPT_INTERPRETER_MISMATCH: {
    severity: 'error',
    title: 'Commands of the environment are started by another Python, or by one that does not exist.',
    remedy: 'repair',
    fix: 'Writes their first lines for the Python of the environment.',
  },
  PACKAGE_FILE_MISSING: {
    severity: 'error',
    title: 'Files of an installed package are missing.',
    remedy: 'repair',
    fix: 'Restores them from the cache where it has files with the recorded hash; else pip has to install the package again.',
  },
  PACKAGE_FILE_CHANGED: {
    severity: 'warning',
    title: 'Files of an installed package are not what was installed.',
    remedy: 'repair',
    fix: 'Restores them from the cache where it has files with the recorded hash; else pip has to install the package again.',
  },
  PACKAGE_DUPLICATE: {
    severity: 'warning',
    title: 'A package is recorded twice, so that tools disagree on its version.',
    remedy: 'repair',
    fix: 'Removes the records whose files are not there, and what only they list.',
  },
  PACKAGE_LEFTOVER: {
    severity: 'warning',
    title: 'An interrupted pip left directories that begin with `~`.',
    remedy: 'repair',
    fix: 'Removes them.',
  },
  PACKAGE_PLATFORM_MISMATCH: {
    severity: 'error',
    title: 'The extension modules of a package are built for another Python or machine.',
    remedy: 'command',
    fix: 'Let pip install the package again.',
  },
  FILE_OWNER_MISMATCH: {
    severity: 'warning',
    title: 'Files belong to another user than the environment.',
    remedy: 'command',
    fix: 'Give them to the owner of the environment.',
  },
  FILE_MODE_INVALID: {
    severity: 'warning',
    title: 'Other users may write to the environment, or a command may not be executed.',
    remedy: 'repair',
    fix: 'Sets the permissions.',
  },
  PYTHONHOME_SET: {
    severity: 'error',
    title: 'The variable `PYTHONHOME` makes every Python, also that of an environment, use another standard library.',
    remedy: 'command',
    fix: 'Unset it.',
  },
  PYTHONPATH_SET: {
    severity: 'warning',
    title: 'The variable `PYTHONPATH` puts packages from outside before those of every environment.',
    remedy: 'command',
    fix: 'Unset it.',
  },
  VIRTUAL_ENV_NOT_FOUND: {
    severity: 'warning',
    title: 'The variable `VIRTUAL_ENV` names something that is not an environment.',
    remedy: 'command',
    fix: 'Unset it.',
  },
  ENVIRONMENT_NOT_IGNORED: {
    severity: 'info',
    title: 'The environment is in a Git repository and is not ignored.',
    remedy: 'repair',
    fix: 'Writes a `.gitignore` into the environment.',
  },
  SEED_VULNERABLE: {
    severity: 'warning',
    title: 'A seed package has a known vulnerability.',
    remedy: 'repair',
    fix: 'Installs the version that vivarium brings.',
  },
  BASE_END_OF_LIFE: {
    severity: 'info',
    title: 'The Python of the environment gets no security fixes any more.',
    remedy: 'python',
    fix: 'Creates the environment again with another Python and installs the packages again.',
  },
} as const satisfies Readonly<Record<string, FindingEntry>>;

/** The code of a finding. */
export type FindingCode = keyof typeof findings;
