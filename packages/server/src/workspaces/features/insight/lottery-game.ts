import {
  chiSquareSurvival,
  type LotteryDraws,
  lotteryRandomness,
  uniformityTest,
} from '@kizashi/series';
import { gameOf } from '../draws.ts';
import type { LotteryInsight } from '../insight-contract.ts';

/** How the numbers of a draw belong together. */
export interface DrawRules {
  readonly kind: LotteryInsight['kind'];
  readonly lowest: number;
  readonly highest: number;
  readonly perDraw: number;
}

/**
 * The rules of a game as its draws show them: digits repeat, and blocks never share a number. Of a known game the pool is
 * known, too: a number that has not come yet is not in the data.
 */
export function rulesOf(loto: string, numbers: readonly Float64Array[]): DrawRules {
  const ranges = numbers.map(rangeOf);
  const known = gameOf(loto);
  const lowest = known?.lowest ?? Math.min(...ranges.map(([least]) => least));
  const highest = known?.highest ?? Math.max(...ranges.map(([, most]) => most));
  const perDraw = numbers.length;
  const width = (highest - lowest + 1) / perDraw;
  const inBlocks =
    perDraw > 1 &&
    Number.isInteger(width) &&
    ranges.every(([least, most], i) => {
      const from = lowest + i * width;
      return least >= from && most < from + width;
    });
  const kind =
    perDraw === 1 || (known?.repeats ?? repeats(numbers)) ? 'digits' : inBlocks ? 'blocks' : 'set';
  return { kind, lowest, highest, perDraw };
}

function rangeOf(column: Float64Array): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of column) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

function repeats(numbers: readonly Float64Array[]): boolean {
  return numbers.some((column, i) =>
    column.some((value, t) => numbers.slice(i + 1).some((other) => other[t] === value)),
  );
}

/** How often chance brings two given numbers (of different blocks) together in `draws` draws. */
export function expectedPair(game: DrawRules, draws: number): number {
  const { kind, perDraw: k } = game;
  const size = game.highest - game.lowest + 1;
  if (kind === 'set') return (draws * k * (k - 1)) / (size * (size - 1));
  if (kind === 'blocks') return (draws * k * k) / (size * size);
  return draws * (1 - 2 * (1 - 1 / size) ** k + (1 - 2 / size) ** k);
}

/** The tests of the library; where each place has numbers of its own, the frequencies are tested place by place. */
export function randomnessOf(draws: LotteryDraws, game: DrawRules) {
  const tests = lotteryRandomness(draws, game, game.kind === 'digits');
  return game.kind === 'blocks' ? { ...tests, frequencies: blockFrequencies(draws, game) } : tests;
}

/** The chi-squares of independent tests add up, and so do their degrees of freedom. */
function blockFrequencies({ numbers }: LotteryDraws, { lowest, highest, perDraw }: DrawRules) {
  const width = (highest - lowest + 1) / perDraw;
  let [statistic, freedom] = [0, 0];
  for (const [i, column] of numbers.entries()) {
    const counts = new Float64Array(width);
    for (const value of column) {
      const place = value - lowest - i * width;
      if (Number.isInteger(place) && place >= 0 && place < width) counts[place]! += 1;
    }
    const test = uniformityTest(counts);
    statistic += test.statistic;
    freedom += test.freedom;
  }
  return { statistic, freedom, pValue: chiSquareSurvival(statistic, freedom) };
}
