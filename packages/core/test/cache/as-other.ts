/** The number of a user other than root, and of that user's group. */
export const OTHER = 12_345;

/** Whether tests can act as another user. */
export const isRoot = process.getuid?.() === 0;

/** Does something as another user of the machine, in this process. */
export function asOther<T>(work: () => T): T {
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([]);
  process.setegid?.(OTHER);
  process.seteuid?.(OTHER);
  const { getuid } = process;
  process.getuid = () => OTHER;
  try {
    return work();
  } finally {
    if (getuid !== undefined) process.getuid = getuid;
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.(groups);
  }
}
