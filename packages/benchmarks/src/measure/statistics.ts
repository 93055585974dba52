/** A middle and how far the middle half of the values spreads. */
export interface Spread {
  readonly median: number;
  /** A quarter of the values is below. */
  readonly low: number;
  /** A quarter of the values is above. */
  readonly high: number;
}

/** Quantiles with linear interpolation (type 7 of Hyndman and Fan, as in R and NumPy). */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError('There is no middle of nothing');
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * How many times one's value the other's is, round by round: what slows a whole round down, slows both.
 *
 * @param values by round; rounds that one of the two has not taken part in don't count
 */
export function ratioOf(values: Rounds, reference: Rounds): Spread | undefined {
  const ratios = [...values].flatMap(([round, value]) => {
    const other = reference.get(round);
    return other === undefined || other === 0 ? [] : [value / other];
  });
  return ratios.length === 0 ? undefined : spreadOf(ratios);
}

/** Values by the number of the round. */
export type Rounds = ReadonlyMap<number, number>;
