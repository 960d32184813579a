/** What a draw of a number game looks like beside all draws before it. */
import { InvalidInput } from '../../invalid-input.ts';
import { WindowCorrelation } from '../autocorrelation/rolling-correlation.ts';
import type { ColumnSet, FeatureInfo, SetParameters, TimedSeries } from '../feature.ts';
import { wholeNumbers } from '../parameters.ts';
import { DrawHistory } from './draw-history.ts';
import { drawAt, type LotteryDraw, type NumberPool, requirePool } from './draws.ts';
import { RecentCounts } from './recent-counts.ts';

/**
 * P13. Columns of a series of numbers within its draws; a series without draws is a game of one number a draw. Everything at
 * draw t is known once it is drawn, and "before" leaves the draw itself out. Draws are independent: these columns describe the
 * past and foretell nothing.
 */
export const lottery: ColumnSet = {
  kind: 'columns',
  name: 'lottery',
  pipeline: 'lottery',
  version: 1,
  defaults: { lowest: 1, highest: 43, windows: [10, 30, 100], correlation_window: 50 },
  groups(parameters) {
    const options = optionsOf(parameters);
    const stream = () => {
      const push = createDrawColumns(options);
      return (y: number) => push(y, { numbers: [y] });
    };
    return [{ columns: drawInfos(options), compute: (series) => compute(series, options), stream }];
  },
};

export interface LotteryOptions extends NumberPool {
  /** Numbers of draws over which recent frequencies are counted. */
  readonly windows: readonly number[];
  /** Number of draws over which money and numbers are correlated. */
  readonly correlationWindow: number;
}

/** @throws InvalidInput */
function optionsOf(parameters: SetParameters): LotteryOptions {
  const pool = { lowest: parameters.lowest as number, highest: parameters.highest as number };
  requirePool(pool);
  const correlationWindow = parameters.correlation_window as number;
  if (!(Number.isInteger(correlationWindow) && correlationWindow >= 2)) {
    throw new InvalidInput(
      'correlation_window',
      `must be a whole number >= 2, got ${correlationWindow}`,
    );
  }
  return { ...pool, windows: wholeNumbers(parameters, 'windows', 1), correlationWindow };
}

function compute({ y, draws }: TimedSeries, options: LotteryOptions): readonly Float64Array[] {
  const push = createDrawColumns(options);
  const out = drawInfos(options).map(() => new Float64Array(y.length));
  for (let t = 0; t < y.length; t++) {
    const draw = draws === undefined ? { numbers: [y[t]!] } : drawAt(draws, t);
    const now = push(y[t]!, draw);
    for (let i = 0; i < out.length; i++) out[i]![t] = now[i]!;
  }
  return out;
}

function drawInfos({ windows, correlationWindow, lowest, highest }: LotteryOptions): FeatureInfo[] {
  const info = (name: string, formula: string, unit = '1'): FeatureInfo => ({
    name,
    formula,
    source:
      'Counts of the draws so far; Joe (1993), Statistics & Probability Letters 16, for their chance',
    unit,
    cost: 'n',
    missing: 'kept',
    pointInTime: true,
  });
  const middle = (lowest + highest) / 2;
  return [
    info('sum', 'Sum of the numbers of the draw.', 'y'),
    info('range', 'Largest number less the smallest.', 'y'),
    info('odd_count', 'Odd numbers in the draw.'),
    info('even_count', 'Even numbers in the draw.'),
    info('high_count', `Numbers above ${middle} in the draw.`),
    info('low_count', `Numbers below ${middle} in the draw.`),
    info('consecutive_count', 'Pairs of neighbouring numbers (n, n + 1) in the draw.'),
    info('repeat_count', 'Numbers that were in the draw before as well.'),
    info(
      'gap',
      'Draws since y(t) came last before t, 1 for the draw before; missing when it never did.',
      'draws',
    ),
    info('overdue', 'gap / (pool / numbers a draw): 1 is the average wait.'),
    info('streak', 'Draws in a row up to t that had y(t).', 'draws'),
    info('mean_gap', 'Mean gap of the numbers of the draw that came before.', 'draws'),
    info(
      'longest_wait',
      'Draws that the number missing longest has been missing, after the draw; of those that ever came.',
      'draws',
    ),
    info(
      'pair_mean',
      'How often two numbers of the draw had come together before, mean over its pairs.',
      'draws',
    ),
    info('pair_max', 'The same of the pair that came together most often.', 'draws'),
    info(
      'triple_mean',
      'How often three numbers of the draw had come together before, mean over its triples.',
      'draws',
    ),
    info('triple_max', 'The same of the triple that came together most often.', 'draws'),
    info('carry_over', 'Money carried over after the draw.', 'money'),
    info('carry_over_streak', 'Draws in a row up to t with money carried over.', 'draws'),
    info(
      'carry_over_sum_correlation',
      `Correlation of the money carried into a draw with the sum of its numbers, last ${correlationWindow} draws.`,
    ),
    info(
      'prize_sum_correlation',
      `Correlation of the prize of a draw with the sum of its numbers, last ${correlationWindow} draws.`,
    ),
    ...windows.flatMap((window) => [
      info(
        `frequency_${window}`,
        `Draws that had y(t) among the last ${window}, t included.`,
        'draws',
      ),
      info(
        `hot_${window}`,
        `1 where y(t) had come at least a standard deviation more often than chance in the ${window} draws before, −1 where as much less often (cold), else 0.`,
      ),
      info(`hot_count_${window}`, `Hot numbers in the draw, by the ${window} draws before.`),
      info(`cold_count_${window}`, `Cold numbers in the draw, by the ${window} draws before.`),
    ]),
  ];
}

/**
 * The incremental form of the lottery set: give it one draw after the other, oldest first.
 *
 * @returns takes the series' own number and its whole draw, and gives one value for each column of the set, in the order of
 *   the catalogue; NaN where not defined. The array is used again at the next draw.
 * @throws InvalidInput (`lowest`, `highest`); the function it returns never throws for data.
 *
 * Cost: O(k² + windows) a draw of k numbers.
 */
export function createDrawColumns(
  options: LotteryOptions,
): (own: number, draw: LotteryDraw) => Float64Array {
  const { lowest, highest, windows, correlationWindow } = options;
  const history = new DrawHistory(options);
  const recent = windows.map((window) => new RecentCounts(history.size, window));
  const [carried, prizes] = [
    new WindowCorrelation(correlationWindow),
    new WindowCorrelation(correlationWindow),
  ];
  const now = new Float64Array(drawInfos(options).length);
  let [carriedIn, carryStreak] = [Number.NaN, 0];

  return (own, { numbers, carryOver = Number.NaN, prize = Number.NaN }) => {
    const places = history.placesOf(numbers);
    const known = Array.from(numbers).filter(
      (number) => Number.isInteger(number) && number >= lowest && number <= highest,
    );
    const ownPlace = history.placesOf([own])[0];
    const share = places.length / history.size;
    const gaps = Array.from(places, (place) => history.gap(place) + 1).filter(Number.isFinite);
    const gap = ownPlace === undefined ? Number.NaN : history.gap(ownPlace) + 1;
    const together = timesTogether(history, places);
    const heats = recent.map((counts) => ({
      own: ownPlace === undefined ? Number.NaN : counts.heat(ownPlace, share),
      drawn: Array.from(places, (place) => counts.heat(place, share)),
    }));
    const repeats = Array.from(places).filter((place) => history.inNewest(place)).length;
    const isFirst = history.draws === 0;

    history.record(places);
    for (const counts of recent) counts.record(places);
    carryStreak = carryOver > 0 ? carryStreak + 1 : 0;
    const sum =
      known.length === 0 ? Number.NaN : known.reduce((total, number) => total + number, 0);
    const shape = shapeOf(known, (lowest + highest) / 2);
    const values = [
      sum,
      shape.range,
      shape.odd,
      known.length - shape.odd,
      shape.high,
      shape.low,
      shape.consecutive,
      isFirst ? Number.NaN : repeats,
      gap,
      gap * share,
      ownPlace === undefined ? Number.NaN : history.streaks[ownPlace]!,
      mean(gaps),
      longestWait(history),
      together.pairMean,
      together.pairMax,
      together.tripleMean,
      together.tripleMax,
      carryOver,
      Number.isFinite(carryOver) ? carryStreak : Number.NaN,
      carried.push(carriedIn, sum),
      prizes.push(prize, sum),
      ...heats.flatMap(({ own: heat, drawn }, i) => [
        ownPlace === undefined ? Number.NaN : recent[i]!.counts[ownPlace]!,
        heat,
        drawn.filter((value) => value > 0).length,
        drawn.filter((value) => value < 0).length,
      ]),
    ];
    carriedIn = carryOver;
    if (known.length === 0) now.fill(Number.NaN);
    else now.set(values);
    return now;
  };
}

function shapeOf(known: readonly number[], middle: number) {
  const different = [...new Set(known)].sort((a, b) => a - b);
  return {
    range: (different.at(-1) ?? Number.NaN) - (different[0] ?? Number.NaN),
    odd: known.filter((number) => number % 2 === 1).length,
    high: known.filter((number) => number > middle).length,
    low: known.filter((number) => number < middle).length,
    consecutive: different.filter((number, i) => i > 0 && number === different[i - 1]! + 1).length,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function longestWait(history: DrawHistory): number {
  let longest = Number.NaN;
  for (let place = 0; place < history.size; place++) {
    const gap = history.gap(place);
    if (gap > longest || Number.isNaN(longest)) longest = Number.isNaN(gap) ? longest : gap;
  }
  return longest;
}

/** How often the numbers of a draw had come in pairs and triples; NaN for draws of fewer numbers. */
function timesTogether(history: DrawHistory, places: Int32Array) {
  let [pairs, pairSum, pairMax] = [0, 0, Number.NEGATIVE_INFINITY];
  let [triples, tripleSum, tripleMax] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let c = 1; c < places.length; c++) {
    for (let b = 0; b < c; b++) {
      const pair = history.pair(places[b]!, places[c]!);
      pairs++;
      pairSum += pair;
      pairMax = Math.max(pairMax, pair);
      for (let a = 0; a < b; a++) {
        const triple = history.triple(places[a]!, places[b]!, places[c]!);
        triples++;
        tripleSum += triple;
        tripleMax = Math.max(tripleMax, triple);
      }
    }
  }
  return {
    pairMean: pairSum / pairs,
    pairMax: pairs > 0 ? pairMax : Number.NaN,
    tripleMean: tripleSum / triples,
    tripleMax: triples > 0 ? tripleMax : Number.NaN,
  };
}
