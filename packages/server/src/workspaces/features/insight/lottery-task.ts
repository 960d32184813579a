import { lotteryBoard, type RandomnessTests } from '@kizashi/series';
import type { LotteryInsight } from '../insight-contract.ts';
import { nullable } from './json-number.ts';
import { expectedPair, randomnessOf, rulesOf } from './lottery-game.ts';

export interface LotteryTask {
  readonly loto: string;
  readonly window: number;
  /** Times of the draws, ascending. */
  readonly t: Float64Array;
  /** One array for each number of a draw; NaN is unknown. */
  readonly numbers: readonly Float64Array[];
  readonly carryOver: Float64Array | undefined;
  readonly timeKind: LotteryInsight['timeKind'];
}

/** Runs in a worker thread: the board of a number game and what speaks for or against chance. */
export function run(task: LotteryTask): LotteryInsight {
  const { loto, t, numbers, window, timeKind, carryOver } = task;
  const game = rulesOf(loto, numbers);
  const draws = { numbers };
  const board = lotteryBoard(draws, { lowest: game.lowest, highest: game.highest, window });
  const newest = numbers.flatMap((column) => {
    const number = column[t.length - 1]!;
    return Number.isInteger(number) ? [number] : [];
  });
  return {
    loto,
    ...game,
    draws: board.draws,
    window,
    timeKind,
    first: t[0]!,
    last: t[t.length - 1]!,
    newest,
    numbers: board.numbers.map((record) => ({ ...record })),
    expectedGap: board.expectedGap,
    pairs: board.pairs.map(({ numbers: pair, count }) => ({ numbers: [...pair], count })),
    expectedPair: expectedPair(game, board.draws),
    triples: board.triples.map(({ numbers: three, count }) => ({ numbers: [...three], count })),
    tests: testsJson(randomnessOf(draws, game)),
    // Games without a carry-over may have the column all the same, empty.
    carryOver: carryOver?.some(Number.isFinite)
      ? { t: Array.from(t), y: Array.from(carryOver, nullable) }
      : null,
  };
}

function testsJson({ frequencies, runs, serial }: RandomnessTests): LotteryInsight['tests'] {
  const chiSquare = (test: RandomnessTests['serial']) => ({
    statistic: nullable(test.statistic),
    freedom: nullable(test.freedom),
    pValue: nullable(test.pValue),
  });
  return {
    frequencies: chiSquare(frequencies),
    runs: {
      runs: runs.runs,
      expected: nullable(runs.expected),
      statistic: nullable(runs.statistic),
      pValue: nullable(runs.pValue),
    },
    serial: chiSquare(serial),
  };
}
