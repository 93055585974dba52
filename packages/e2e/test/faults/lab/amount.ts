/** Whether everything is to be tried (`npm run test:faults`), or a sample of it that takes seconds. */
export const isWhole = process.env.VIVARIUM_FAULTS === 'all';

/** As many of a list as are wanted, spread evenly over it, both ends among them. */
export function spread<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  const step = (list.length - 1) / Math.max(count - 1, 1);
  return Array.from({ length: count }, (_, index) => list[Math.round(index * step)] as T);
}
