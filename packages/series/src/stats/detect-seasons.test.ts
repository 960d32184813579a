import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { detectSeasons } from './detect-seasons.ts';

const path = new URL('../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);
const retailPath = new URL('../../fixtures/online-retail-daily.json', import.meta.url);
const retail = Float64Array.from(JSON.parse(readFileSync(retailPath, 'utf8')).values as number[]);

const lengths = (y: Float64Array, options = {}) => detectSeasons(y, options).map(({ m }) => m);

/** A day, a week, a trend and noise, by the hour. */
function hours(n: number, noise = 2): Float64Array {
  const random = createRandom(9);
  return Float64Array.from(
    { length: n },
    (_, t) =>
      50 +
      0.01 * t +
      10 * Math.sin((2 * Math.PI * t) / 24) +
      (Math.floor(t / 24) % 7 > 4 ? -8 : 0) +
      noise * (random() - 0.5),
  );
}

function randomWalk(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  let level = 0;
  return Float64Array.from({ length: n }, () => {
    level += random() + random() - 1;
    return level;
  });
}

describe('the seasons of a series', () => {
  it('are the year of the airline passengers and the week of a shop', () => {
    expect(lengths(passengers)).toEqual([12]);
    expect(lengths(retail)).toEqual([7]);
  });

  it('are the day and the week of hours, in this order', () => {
    expect(lengths(hours(840))).toEqual([24, 168]);
    expect(lengths(hours(840), { most: 1 })).toEqual([24]);
    expect(lengths(hours(840), { known: [24] })).toEqual([168]);
    expect(lengths(hours(840), { candidates: [12, 168] })).toEqual([168]);
  });

  it('can have a length that no calendar has', () => {
    const random = createRandom(4);
    const y = Float64Array.from(
      { length: 300 },
      (_, t) => [4, 9, 2, 0, 7, 3, 8, 1, 6, 2, 9][t % 11]! + random(),
    );
    expect(lengths(y)).toEqual([11]);
  });

  it('are found through gaps, a huge offset and a huge scale', () => {
    expect(lengths(passengers.map((v, t) => (t % 9 === 4 ? Number.NaN : v)))).toEqual([12]);
    expect(lengths(passengers.map((v) => v + 1e7))).toEqual([12]);
    expect(lengths(passengers.map((v) => v * 1e140))).toEqual([12]);
  });

  it('are seldom found in random walks', () => {
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) found += lengths(randomWalk(200, seed)).length;
    // Smooth as it is, a random walk can look as if it came back.
    expect(found).toBeLessThanOrEqual(5);
  });

  it.each([
    ['nothing', []],
    ['one value', [3]],
    ['a constant', new Array(60).fill(5)],
    ['zeros', new Array(60).fill(0)],
    ['a line', Array.from({ length: 60 }, (_, t) => 3 * t)],
    ['only missing values', new Array(60).fill(Number.NaN)],
    ['less than three seasons', [1, 9, 4, 1, 9]],
  ])('are none in %s', (_, list) => {
    expect(lengths(Float64Array.from(list))).toEqual([]);
  });

  it('come with their strength', () => {
    const exact = Float64Array.from({ length: 60 }, (_, t) => [1, 5, 2, 8, 3, 9][t % 6]!);
    expect(detectSeasons(exact)[0]!.strength).toBeCloseTo(1, 6);
    const weak = detectSeasons(hours(840, 60))[0]!.strength;
    expect(weak).toBeLessThan(0.6);
  });

  it.each([
    [{ most: 0 }, 'most'],
    [{ candidates: [7, 1] }, 'candidates[1]'],
    [{ known: [2.5] }, 'known[0]'],
  ])('refuse %j', (options, argument) => {
    expect(() => lengths(passengers, options)).toThrow(InvalidInput);
    expect(() => lengths(passengers, options)).toThrow(argument);
  });
});
