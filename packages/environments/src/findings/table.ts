/** How bad a finding is: it does not work; it works and something in it is wrong; it works, and is worth knowing. */
export type Severity = 'error' | 'warning' | 'notice';

/**
 * What fixes a finding. `repair`: `vivarium repair` does it by itself. `python`: it does it with a Python that is named.
 * `command`: a command for the user to run, since it concerns more than the environment.
 */
export type RemedyKind = 'repair' | 'python' | 'command';

/** What is known of all findings with one code. */
export interface FindingEntry {
  readonly severity: Severity;
  /** What is wrong, in one sentence without the values. */
  readonly title: string;
  readonly remedy: RemedyKind;
}

/**
 * Everything that can be wrong with an environment, by code. Codes are permanent. The type of the codes, the order in
 * which findings are printed, and the page of the documentation come from this table.
 */
export const findings = {
  REDIRECT_DANGLING: {
    severity: 'error',
    title: 'The redirect names an environment that does not exist.',
    remedy: 'command',
  },
  REDIRECT_INVALID: {
    severity: 'error',
    title: 'The `.venv` file names no directory.',
    remedy: 'command',
  },
  CONFIGURATION_NOT_READABLE: {
    severity: 'error',
    title: '`pyvenv.cfg` is missing or cannot be read, so that its Python does not know that it is in an environment.',
    remedy: 'repair',
  },
  CONFIGURATION_INCOMPLETE: {
    severity: 'error',
    title: '`pyvenv.cfg` does not say where the base is.',
    remedy: 'repair',
  },
  BASE_NOT_FOUND: {
    severity: 'error',
    title: 'The Python that the environment is based on is gone.',
    remedy: 'repair',
  },
  PYTHON_NOT_FOUND: {
    severity: 'error',
    title: 'The environment has no executable of Python.',
    remedy: 'repair',
  },
  PYTHON_NOT_USABLE: {
    severity: 'error',
    title: 'The executable of the environment cannot be started.',
    remedy: 'repair',
  },
  SITE_PACKAGES_NOT_FOUND: {
    severity: 'error',
    title: 'The environment has no directory for packages.',
    remedy: 'repair',
  },
} as const satisfies Readonly<Record<string, FindingEntry>>;

/** The code of a finding. */
export type FindingCode = keyof typeof findings;
