import { describe, expect, it } from 'vitest';
import { lotterySchema } from '../insight-contract.ts';
import { expectedPair, rulesOf } from './lottery-game.ts';
import { type LotteryTask, run } from './lottery-task.ts';

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** `draws` fair draws of `k` numbers out of 1 … `highest`, ascending, as columns. */
function fairDraws(draws: number, k: number, highest: number, seed = 1): Float64Array[] {
  const random = createRandom(seed);
  const columns = Array.from({ length: k }, () => new Float64Array(draws));
  for (let t = 0; t < draws; t++) {
    const left = Array.from({ length: highest }, (_, i) => i + 1);
    const drawn = Array.from(
      { length: k },
      () => left.splice(Math.floor(random() * left.length), 1)[0]!,
    );
    drawn.sort((a, b) => a - b);
    for (const [i, number] of drawn.entries()) columns[i]![t] = number;
  }
  return columns;
}

/** Five places, each from eight numbers of its own. */
function blockDraws(draws: number, seed = 5): Float64Array[] {
  const random = createRandom(seed);
  return Array.from({ length: 5 }, (_, i) =>
    Float64Array.from({ length: draws }, () => 1 + 8 * i + Math.floor(random() * 8)),
  );
}

function task(numbers: Float64Array[], more: Partial<LotteryTask> = {}): LotteryTask {
  const t = Float64Array.from(numbers[0]!, (_, i) => i);
  return { loto: 'game', window: 30, t, numbers, carryOver: undefined, timeKind: 'index', ...more };
}

describe('the board of a number game', () => {
  it('counts each number, and how long it has been away', () => {
    const board = run(task([Float64Array.of(1, 1, 2, 1), Float64Array.of(2, 3, 3, 3)]));
    expect(lotterySchema.parse(board)).toEqual(board);
    expect(board).toMatchObject({ kind: 'set', lowest: 1, highest: 3, perDraw: 2, draws: 4 });
    expect(board.newest).toEqual([1, 3]);
    expect(board.numbers.map(({ count }) => count)).toEqual([3, 2, 3]);
    expect(board.numbers.map(({ gap }) => gap)).toEqual([0, 1, 0]);
    expect(board.pairs[0]).toEqual({ numbers: [1, 3], count: 2 });
  });

  it('does not call fair draws unfair, and unfair ones it does', () => {
    const fair = run(task(fairDraws(1500, 6, 43)));
    for (const { pValue } of Object.values(fair.tests)) expect(pValue).toBeGreaterThan(0.001);
    const loaded = fairDraws(1500, 6, 43);
    loaded[0]!.fill(1, 0, 700);
    expect(run(task(loaded)).tests.frequencies.pValue).toBeLessThan(1e-6);
  });

  it('tests each place by itself where places have numbers of their own', () => {
    const numbers = blockDraws(800);
    const board = run(task(numbers));
    expect(board.kind).toBe('blocks');
    expect(board.tests.frequencies.freedom).toBe(5 * 7);
    expect(board.tests.frequencies.pValue).toBeGreaterThan(0.001);
    numbers[2]!.fill(17, 0, 200);
    expect(run(task(numbers)).tests.frequencies.pValue).toBeLessThan(1e-6);
  });

  it('knows the pool of a known game, also where numbers have not come yet', () => {
    const { lowest, highest, numbers } = run(
      task(
        [1, 2, 3, 4, 5, 6].map((n) => Float64Array.of(n)),
        { loto: 'loto6' },
      ),
    );
    expect([lowest, highest]).toEqual([1, 43]);
    expect(numbers.at(-1)).toMatchObject({ number: 43, count: 0, gap: null });
  });

  it('keeps the carry-over where the data have it', () => {
    const carryOver = Float64Array.of(0, Number.NaN);
    const numbers = [Float64Array.of(1, 3), Float64Array.of(2, 4)];
    expect(run(task(numbers, { carryOver })).carryOver).toEqual({ t: [0, 1], y: [0, null] });
    const none = Float64Array.of(Number.NaN, Number.NaN);
    expect(run(task(numbers, { carryOver: none })).carryOver).toBeNull();
  });
});

describe('what chance gives a pair', () => {
  it.each([
    ['set', fairDraws(4000, 6, 20)],
    ['blocks', blockDraws(4000)],
    ['digits', fairDraws(4000, 1, 10).concat(fairDraws(4000, 1, 10, 3), fairDraws(4000, 1, 10, 9))],
  ] as const)('is what fair draws show: %s', (kind, numbers) => {
    const rules = rulesOf('game', numbers);
    expect(rules.kind).toBe(kind);
    const [a, b] = [rules.lowest, rules.highest];
    let together = 0;
    for (let t = 0; t < 4000; t++) {
      const drawn = numbers.map((column) => column[t]);
      if (drawn.includes(a) && drawn.includes(b)) together++;
    }
    const expected = expectedPair(rules, 4000);
    expect(Math.abs(together - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});
