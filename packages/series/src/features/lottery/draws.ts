import { InvalidInput, requireWhole } from '../../invalid-input.ts';

/** Draws of a number game, oldest first. Every array holds one value for each of n draws; NaN is unknown. */
export interface LotteryDraws {
  /** The drawn numbers: one array for each ball or digit. */
  readonly numbers: readonly Float64Array[];
  /** Bonus numbers. */
  readonly bonus?: readonly Float64Array[];
  /** Money carried over to the next draw. */
  readonly carryOver?: Float64Array;
  /** Money won, of the first class say. */
  readonly prize?: Float64Array;
}

/** One draw of a game. */
export interface LotteryDraw {
  readonly numbers: ArrayLike<number>;
  readonly carryOver?: number;
  readonly prize?: number;
}

/** The numbers a game draws from. */
export interface NumberPool {
  readonly lowest: number;
  readonly highest: number;
}

/** More numbers than any game has; the tables of pairs grow with the square. */
const LARGEST_POOL = 1000;

/** @throws InvalidInput (`lowest`, `highest`) */
export function requirePool({ lowest, highest }: NumberPool): void {
  requireWhole('lowest', lowest, 0);
  requireWhole('highest', highest, lowest + 1);
  if (highest - lowest >= LARGEST_POOL) {
    throw new InvalidInput('highest', `must be less than ${lowest + LARGEST_POOL}, got ${highest}`);
  }
}

/** Number of draws, whatever is known of them. */
export function drawCount({ numbers }: LotteryDraws): number {
  return numbers[0]?.length ?? 0;
}

/** Draw t, its numbers in the order of the arrays. */
export function drawAt(draws: LotteryDraws, t: number): LotteryDraw {
  return {
    numbers: draws.numbers.map((column) => column[t] ?? Number.NaN),
    ...(draws.carryOver === undefined ? {} : { carryOver: draws.carryOver[t]! }),
    ...(draws.prize === undefined ? {} : { prize: draws.prize[t]! }),
  };
}
