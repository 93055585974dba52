import { parseWheelFileName, type WheelFileName } from '../file-name/wheel.ts';

/** A wheel that fits an interpreter. */
export interface FittingWheel {
  /** Which of the files it is. */
  readonly index: number;
  readonly wheel: WheelFileName;
  /** The best tag of the interpreter that the wheel has. */
  readonly tag: string;
}

/**
 * The best of several wheels of one version for an interpreter: the one with the earliest tag, of these the one with the
 * highest build tag, and of equal ones the first. `undefined` when none fits.
 *
 * @param files names of files
 * @param tags those of the interpreter, best first, as `wheelTags` gives them
 * @throws ParseError when a file's name is not that of a wheel
 */
export function chooseWheel(files: readonly string[], tags: readonly string[]): FittingWheel | undefined {
  const ranks = new Map(tags.map((tag, rank) => [tag, rank]));
  let best: (FittingWheel & { readonly rank: number }) | undefined;
  for (const [index, file] of files.entries()) {
    const wheel = parseWheelFileName(file);
    for (const tag of wheel.tags) {
      const rank = ranks.get(tag);
      if (rank === undefined) continue;
      if (best === undefined || rank < best.rank || (rank === best.rank && compareBuilds(wheel, best.wheel) > 0)) {
        best = { index, wheel, tag, rank };
      }
    }
  }
  return best === undefined ? undefined : { index: best.index, wheel: best.wheel, tag: best.tag };
}

/** The order of build tags: none, then by number, then by the rest. */
export function compareBuilds({ build: a }: WheelFileName, { build: b }: WheelFileName): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}
