import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { differencesNeeded, seasonalDifferencesNeeded } from './differences-needed.ts';

const path = new URL('../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);

describe('differencesNeeded', () => {
  it('counts how often a series was summed up', () => {
    const random = createRandom(3);
    const noise = Float64Array.from({ length: 300 }, () => random() - 0.5);
    const summed = (y: Float64Array) => {
      let sum = 0;
      return y.map((value) => {
        sum += value;
        return sum;
      });
    };
    expect(differencesNeeded(noise)).toBe(0);
    expect(differencesNeeded(summed(noise))).toBe(1);
    expect(differencesNeeded(summed(summed(noise)))).toBe(2);
    expect(differencesNeeded(summed(summed(noise)), 1)).toBe(1);
  });

  it('is 1 for a straight line and 0 where nothing varies', () => {
    expect(differencesNeeded(Float64Array.from({ length: 30 }, (_, t) => 3 * t))).toBe(1);
    expect(differencesNeeded(new Float64Array(30).fill(5))).toBe(0);
    expect(differencesNeeded(new Float64Array(0))).toBe(0);
    expect(differencesNeeded(Float64Array.of(4))).toBe(0);
    expect(differencesNeeded(new Float64Array(9).fill(Number.NaN))).toBe(0);
  });

  it('throws for a limit that is no whole number', () => {
    expect(() => differencesNeeded(passengers, 1.5)).toThrow(InvalidInput);
  });
});

describe('seasonalDifferencesNeeded', () => {
  it('is that of R for the airline passengers', () => {
    expect(seasonalDifferencesNeeded(passengers, 12)).toBe(1);
    expect(differencesNeeded(passengers)).toBe(1);
  });

  it('is the same in any unit, and with a gap', () => {
    expect(
      seasonalDifferencesNeeded(
        passengers.map((value) => value * 1e-150),
        12,
      ),
    ).toBe(1);
    expect(
      seasonalDifferencesNeeded(
        passengers.map((value) => value * 1e140),
        12,
      ),
    ).toBe(1);
    const gappy = Float64Array.from(passengers);
    gappy[50] = Number.NaN;
    expect(seasonalDifferencesNeeded(gappy, 12)).toBe(1);
  });

  it('is 0 without a season, for short, constant and empty series', () => {
    const random = createRandom(8);
    const noise = Float64Array.from({ length: 120 }, () => random());
    expect(seasonalDifferencesNeeded(noise, 12)).toBe(0);
    expect(seasonalDifferencesNeeded(passengers, 1)).toBe(0);
    expect(seasonalDifferencesNeeded(passengers.subarray(0, 24), 12)).toBe(0);
    expect(seasonalDifferencesNeeded(new Float64Array(50).fill(2), 12)).toBe(0);
    expect(seasonalDifferencesNeeded(new Float64Array(50).fill(Number.NaN), 12)).toBe(0);
  });
});
