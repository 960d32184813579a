/** Tables of a number game after its newest draw, for people to look at. */

import { requireWhole } from '../../invalid-input.ts';
import { type RunsTest, runsTest } from '../../stats/runs-test.ts';
import { serialTest } from '../../stats/serial-test.ts';
import { type ChiSquareTest, uniformityTest } from '../../stats/uniformity.ts';
import { DrawHistory } from './draw-history.ts';
import { drawCount, type LotteryDraws, type NumberPool } from './draws.ts';
import { RecentCounts } from './recent-counts.ts';

/** One number of the pool. */
export interface NumberRecord {
  readonly number: number;
  /** Draws that had it, of all. */
  readonly count: number;
  /** Draws that had it, of the last `window`. */
  readonly recent: number;
  /** 1 hot, −1 cold, 0 neither: a standard deviation from what chance gives in `window` draws. */
  readonly heat: -1 | 0 | 1;
  /** Draws since it came last, 0 when it was in the newest; null when it never came. */
  readonly gap: number | null;
  readonly longestGap: number;
  /** Draws in a row up to the newest that had it. */
  readonly streak: number;
}

/** Numbers that came together, ascending, and in how many draws. */
export interface Group {
  readonly numbers: readonly number[];
  readonly count: number;
}

export interface LotteryBoard {
  readonly draws: number;
  readonly numbers: readonly NumberRecord[];
  /** The pairs and triples that came together most often, the most frequent first. */
  readonly pairs: readonly Group[];
  readonly triples: readonly Group[];
  /** Draws that a number stays away on average. */
  readonly expectedGap: number;
}

/** Whether the draws look random: each p-value is small when they do not. */
export interface RandomnessTests {
  /** Every number equally often. */
  readonly frequencies: ChiSquareTest;
  /** The sums of the draws in no order. */
  readonly runs: RunsTest;
  /** The sum of a draw independent of the one before. */
  readonly serial: ChiSquareTest;
}

export interface BoardOptions extends NumberPool {
  /** Draws that count as recent, default 30. */
  readonly window?: number;
  /** How many pairs and triples to list, default 20. */
  readonly top?: number;
}

/**
 * How often and how lately each number of a game came, and the pairs and triples that came most often together. It describes
 * the past; draws that are independent (see `lotteryRandomness`) say nothing about the next.
 *
 * @param draws n draws, oldest first; `bonus`, `carryOver` and `prize` are not looked at. A number outside the pool, or NaN,
 *   counts as not drawn.
 * @returns counts and gaps in draws; `expectedGap` is what chance gives, in draws (Infinity of no draw).
 * @throws InvalidInput (`lowest`, `highest`, `window`, `top`)
 *
 * Cost: O(n·k² + numbers³) for k numbers a draw.
 *
 * @example lotteryBoard({ numbers: [first, second] }, { lowest: 1, highest: 43 }).numbers[6] // number 7
 */
export function lotteryBoard(
  draws: LotteryDraws,
  { window = 30, top = 20, ...pool }: BoardOptions,
): LotteryBoard {
  requireWhole('window', window, 1);
  requireWhole('top', top, 0);
  const history = new DrawHistory(pool);
  const recent = new RecentCounts(history.size, window);
  let drawn = 0;
  for (let t = 0; t < drawCount(draws); t++) {
    const places = history.placesOf(draws.numbers.map((column) => column[t]!));
    history.record(places);
    recent.record(places);
    drawn += places.length;
  }
  const share = drawn / Math.max(1, history.draws) / history.size;
  const numbers = Array.from({ length: history.size }, (_, place): NumberRecord => {
    const gap = history.gap(place);
    return {
      number: pool.lowest + place,
      count: history.counts[place]!,
      recent: recent.counts[place]!,
      heat: recent.heat(place, share) as -1 | 0 | 1,
      gap: Number.isNaN(gap) ? null : gap,
      longestGap: history.longestGaps[place]!,
      streak: history.inNewest(place) ? history.streaks[place]! : 0,
    };
  });
  return {
    draws: history.draws,
    numbers,
    ...topGroups(history, pool.lowest, top),
    expectedGap: 1 / share,
  };
}

function topGroups(history: DrawHistory, lowest: number, top: number) {
  const pairs: Group[] = [];
  const triples: Group[] = [];
  const seen = Array.from({ length: history.size }, (_, place) => place).filter(
    (place) => history.counts[place]! > 0,
  );
  for (const [k, c] of seen.entries()) {
    for (const [j, b] of seen.slice(0, k).entries()) {
      const count = history.pair(b, c);
      if (count === 0) continue;
      keep(pairs, { numbers: [lowest + b, lowest + c], count }, top);
      for (const a of seen.slice(0, j)) {
        const three = history.triple(a, b, c);
        if (three > 0) {
          keep(triples, { numbers: [lowest + a, lowest + b, lowest + c], count: three }, top);
        }
      }
    }
  }
  return { pairs, triples };
}

/** Puts a group in its place in a short list, the most frequent first, equal ones in the order they come. */
function keep(list: Group[], group: Group, top: number): void {
  const at = list.findIndex(({ count }) => count < group.count);
  if (at < 0 && list.length >= top) return;
  list.splice(at < 0 ? list.length : at, 0, group);
  if (list.length > top) list.pop();
}

/**
 * The tests that speak for or against independent draws: whether all numbers come equally often (chi-square), whether the sums
 * of draws are in no order (runs test about the median), whether a sum depends on the one before (chi-square of neighbours).
 *
 * @param draws n draws, oldest first; those with an unknown number are left out of the tests of sums.
 * @param withReplacement whether numbers of a draw may repeat (digits): each is then a draw of its own
 * @returns statistics with p values in [0, 1]: NaN where there are too few draws to test.
 * @throws InvalidInput (`lowest`, `highest`)
 */
export function lotteryRandomness(
  draws: LotteryDraws,
  pool: NumberPool,
  withReplacement: boolean,
): RandomnessTests {
  const history = new DrawHistory(pool);
  const counts = new Float64Array(history.size);
  let [drawn, complete] = [0, 0];
  const sums = Float64Array.from({ length: drawCount(draws) }, (_, t) => {
    const numbers = draws.numbers.map((column) => column[t]!);
    const places = numbers.flatMap((number) => [...history.placesOf([number])]);
    for (const place of places) counts[place]!++;
    drawn += places.length;
    complete += Number(places.length > 0);
    return places.length < numbers.length ? Number.NaN : numbers.reduce((sum, n) => sum + n, 0);
  });
  const together = withReplacement ? 1 : Math.max(1, Math.round(drawn / Math.max(1, complete)));
  return {
    frequencies: uniformityTest(counts, Math.min(together, history.size - 1)),
    runs: runsTest(sums),
    serial: serialTest(sums),
  };
}
