/** What can be measured, and in what. */
export const UNITS = {
  wall: 'ms',
  cpu: 'ms',
  behind: 'ms',
  held: 'ms',
  memory: 'MB',
  disk: 'KB',
  calls: '',
  fileCalls: '',
  processes: '',
  parts: '',
} as const;

/**
 * `wall`: from start to end. `cpu`: user and system time of the process and those it waited for. `behind`: processor
 * time of what goes on after the end. `held`: the longest time that the event loop had no turn. `memory`: the most that
 * the process had in memory at a time. `calls`: system calls; `fileCalls`: those that name a file. `parts`: files of our
 * own code that were loaded.
 */
export type Measure = keyof typeof UNITS;

/** What one round of one contender has come to. */
export type Sample = Readonly<Partial<Record<Measure, number>>>;
