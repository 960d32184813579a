import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { oddSeries } from '../../testing/odd-series.ts';
import { hasPeerResults, readPeerFile } from '../../testing/peer-results.ts';
import { columns } from '../extract.ts';
import { lotteryBoard, lotteryRandomness } from './board.ts';
import type { LotteryDraws } from './draws.ts';
import { LOTTERY_GAMES } from './games.ts';
import { lottery } from './lottery.ts';

const pool = { lowest: 1, highest: 12 };
const random = createRandom(9);

/** n draws of 4 different numbers out of 12, ascending. */
function drawSome(n: number): number[][] {
  return Array.from({ length: n }, () => {
    const numbers = new Set<number>();
    while (numbers.size < 4) numbers.add(1 + Math.floor(12 * random()));
    return [...numbers].sort((a, b) => a - b);
  });
}

function byBall(list: readonly (readonly number[])[]): LotteryDraws {
  return { numbers: list[0]!.map((_, i) => Float64Array.from(list, (draw) => draw[i]!)) };
}

const timesIn = (list: readonly (readonly number[])[], numbers: readonly number[]) =>
  list.filter((draw) => numbers.every((number) => draw.includes(number))).length;

describe('lottery', () => {
  it('counts what the draws before hold', () => {
    const list = drawSome(120);
    const draws = byBall(list);
    const y = draws.numbers[1]!;
    const got = columns(lottery, { y, draws }, { ...pool, windows: [10] });
    list.forEach((draw, t) => {
      const before = list.slice(0, t);
      const own = draw[1]!;
      const at = (name: string) => got[name]![t];
      expect(at('sum')).toBe(draw.reduce((sum, number) => sum + number, 0));
      expect(at('range')).toBe(draw[3]! - draw[0]!);
      expect(at('odd_count')).toBe(draw.filter((number) => number % 2 === 1).length);
      expect(at('even_count')).toBe(draw.filter((number) => number % 2 === 0).length);
      expect(at('high_count')).toBe(draw.filter((number) => number >= 7).length);
      expect(at('low_count')).toBe(draw.filter((number) => number <= 6).length);
      const neighbours = draw.filter((number) => draw.includes(number + 1)).length;
      expect(at('consecutive_count')).toBe(neighbours);
      const repeats = draw.filter((number) => list[t - 1]?.includes(number)).length;
      expect(at('repeat_count')).toBe(t === 0 ? NaN : repeats);
      const gapOf = (number: number) => {
        const last = before.findLastIndex((other) => other.includes(number));
        return last < 0 ? Number.NaN : t - last;
      };
      expect(at('gap')).toBe(gapOf(own));
      expect(at('overdue')).toBe(gapOf(own) * (4 / 12));
      let streak = 0;
      while (list[t - streak]?.includes(own)) streak++;
      expect(at('streak')).toBe(streak);
      const waits = Array.from({ length: 12 }, (_, i) =>
        list.slice(0, t + 1).findLastIndex((other) => other.includes(i + 1)),
      ).flatMap((last) => (last < 0 ? [] : [t - last]));
      expect(at('longest_wait')).toBe(Math.max(...waits));
      const pairs = draw.flatMap((a, i) => draw.slice(0, i).map((b) => timesIn(before, [a, b])));
      expect(at('pair_max')).toBe(Math.max(...pairs));
      expect(at('pair_mean')).toBeCloseTo(pairs.reduce((s, v) => s + v, 0) / 6, 12);
      const triples = draw.map((out) =>
        timesIn(
          before,
          draw.filter((number) => number !== out),
        ),
      );
      expect(at('triple_max')).toBe(Math.max(...triples));
      expect(at('triple_mean')).toBeCloseTo(triples.reduce((s, v) => s + v, 0) / 4, 12);
      expect(at('frequency_10')).toBe(timesIn(list.slice(Math.max(0, t - 9), t + 1), [own]));
      const heatOf = (number: number) => {
        const recent = list.slice(Math.max(0, t - 10), t);
        const expected = recent.length * (4 / 12);
        const above = timesIn(recent, [number]) - expected;
        return Math.abs(above) < Math.sqrt(expected * (1 - 4 / 12)) || t === 0
          ? 0
          : Math.sign(above);
      };
      expect(at('hot_10')).toBe(heatOf(own));
      expect(at('hot_count_10')).toBe(draw.filter((number) => heatOf(number) > 0).length);
      expect(at('cold_count_10')).toBe(draw.filter((number) => heatOf(number) < 0).length);
    });
  });

  it('follows money carried over and correlates it with the draw it is carried into', () => {
    const list = drawSome(30);
    const sums = list.map((draw) => draw.reduce((sum, number) => sum + number, 0));
    const carryOver = Float64Array.from(list, (_, t) => (t === 5 ? 0 : 1000 * (sums[t + 1] ?? 9)));
    const prize = Float64Array.from(sums, (sum) => -sum);
    const draws = { ...byBall(list), carryOver, prize };
    const got = columns(
      lottery,
      { y: draws.numbers[0]!, draws },
      { ...pool, correlation_window: 8 },
    );
    expect([...got.carry_over_streak!.subarray(3, 8)]).toEqual([4, 5, 0, 1, 2]);
    expect(got.carry_over_sum_correlation![25]).toBeCloseTo(1, 9);
    expect(got.prize_sum_correlation![25]).toBeCloseTo(-1, 9);
    expect(got.carry_over_sum_correlation![7]).toBeNaN();
  });

  it('takes a series without draws for a game of one number, and passes over missing draws', () => {
    const y = Float64Array.of(3, 5, Number.NaN, 3, 3, 99, 5);
    const got = columns(lottery, { y }, { ...pool, windows: [3] });
    expect(got.gap).toEqual(Float64Array.of(NaN, NaN, NaN, 2, 1, NaN, 3));
    expect(got.streak).toEqual(Float64Array.of(1, 1, NaN, 1, 2, NaN, 1));
    expect(got.frequency_3).toEqual(Float64Array.of(1, 1, NaN, 2, 2, NaN, 1));
    expect(got.pair_max).toEqual(new Float64Array(7).fill(NaN));
  });

  it('gives numbers or nothing for any input', () => {
    for (const y of oddSeries(28, 1)) {
      const draws = { numbers: [y, y.toReversed()], carryOver: y };
      for (const values of Object.values(columns(lottery, { y, draws }))) {
        expect(values.length).toBe(y.length);
      }
    }
  });

  it('refuses pools that make no sense', () => {
    const y = new Float64Array(1);
    expect(() => columns(lottery, { y }, { lowest: 5, highest: 5 })).toThrow(InvalidInput);
    expect(() => columns(lottery, { y }, { highest: 5000 })).toThrow(
      'highest: must be less than 1001',
    );
    expect(() => columns(lottery, { y }, { correlation_window: 1 })).toThrow(InvalidInput);
  });
});

describe('lotteryBoard', () => {
  it('lists every number, and what came together most often', () => {
    const list = drawSome(80);
    const board = lotteryBoard(byBall(list), { ...pool, window: 20, top: 5 });
    expect(board.draws).toBe(80);
    expect(board.expectedGap).toBeCloseTo(3, 12);
    for (const record of board.numbers) {
      expect(record.count).toBe(timesIn(list, [record.number]));
      expect(record.recent).toBe(timesIn(list.slice(-20), [record.number]));
      expect(record.gap).toBe(79 - list.findLastIndex((draw) => draw.includes(record.number)));
    }
    expect(board.pairs.length).toBe(5);
    expect(board.pairs[0]!.count).toBe(timesIn(list, board.pairs[0]!.numbers));
    const all = board.numbers.flatMap(({ number: a }) =>
      board.numbers.flatMap(({ number: b }) => (a < b ? [timesIn(list, [a, b])] : [])),
    );
    expect(board.pairs.map(({ count }) => count)).toEqual(all.sort((a, b) => b - a).slice(0, 5));
    expect(board.triples[0]!.count).toBe(timesIn(list, board.triples[0]!.numbers));
  });

  it('stands without any draw', () => {
    const board = lotteryBoard({ numbers: [] }, pool);
    expect(board.draws).toBe(0);
    expect(board.numbers.every(({ gap }) => gap === null)).toBe(true);
    expect(board.pairs).toEqual([]);
  });
});

describe('lotteryRandomness', () => {
  it('finds nothing in fair draws and something in unfair ones', () => {
    const fair = lotteryRandomness(byBall(drawSome(1000)), pool, false);
    expect(fair.frequencies.pValue).toBeGreaterThan(0.001);
    expect(fair.runs.pValue).toBeGreaterThan(0.001);
    expect(fair.serial.pValue).toBeGreaterThan(0.001);
    const unfair = drawSome(1000).map((draw, t) => (t % 3 === 0 ? [1, 2, 3, 4] : draw));
    expect(lotteryRandomness(byBall(unfair), pool, false).frequencies.pValue).toBeLessThan(1e-9);
  });

  it.runIf(hasPeerResults('lottery draws'))('finds nothing in the draws of the collection', () => {
    for (const name of ['loto6', 'miniloto', 'bingo5', 'numbers3']) {
      const rows = readPeerFile(`input/lottery_${name}.csv`).trim().split('\n').slice(1);
      const balls = new Map<string, number[]>();
      for (const row of rows) {
        const [, id, , y] = row.split(',');
        if (id!.startsWith('N')) balls.set(id!, [...(balls.get(id!) ?? []), Number(y)]);
      }
      const draws = { numbers: [...balls.values()].map((list) => Float64Array.from(list)) };
      const game = LOTTERY_GAMES[name]!;
      expect(draws.numbers.length).toBe(game.numbers);
      const { frequencies, runs, serial } = lotteryRandomness(draws, game, game.repeats);
      for (const { pValue } of [frequencies, runs, serial]) {
        expect(pValue, name).toBeGreaterThan(0.001);
      }
    }
  });
});
