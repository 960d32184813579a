import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectSeason, SEASON_CANDIDATES, seasonalityTest } from './seasonality.ts';

const path = new URL('../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);

/** Values in (−1, 1) that look random and are the same on every run. */
function noise(n: number): Float64Array {
  let state = 12345;
  return Float64Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

describe('the seasonality test', () => {
  it('finds the year in monthly airline passengers', () => {
    expect(seasonalityTest(passengers, 12)).toMatchObject({ seasonal: true });
  });

  it('finds none in noise, in a constant or in less than three seasons', () => {
    expect(seasonalityTest(noise(200), 7).seasonal).toBe(false);
    expect(seasonalityTest(new Float64Array(100).fill(4), 7).seasonal).toBe(false);
    expect(seasonalityTest(passengers.subarray(0, 35), 12)).toEqual({
      seasonal: false,
      strength: 0,
    });
    expect(seasonalityTest(passengers, 1).seasonal).toBe(false);
  });
});

describe('detectSeason', () => {
  it('tells a week from none in daily values with a trend', () => {
    const random = noise(120);
    const weekly = random.map((e, t) => 100 + t + (t % 7 === 5 ? -30 : 0) + 4 * e);
    const plain = random.map((e, t) => 100 + t + 4 * e);
    expect(detectSeason(weekly, SEASON_CANDIDATES.day)).toBe(7);
    expect(detectSeason(plain, SEASON_CANDIDATES.day)).toBe(1);
  });

  it('prefers the season that repeats more closely', () => {
    const random = noise(24 * 7 * 6);
    const hourly = random.map((e, t) => Math.sin((2 * Math.PI * t) / 24) + 0.3 * e);
    const weekly = hourly.map(
      (y, t) => y + (Math.floor(t / 24) % 7 >= 5 ? 3 * Math.sin(t % 168) : 0),
    );
    expect(detectSeason(hourly, SEASON_CANDIDATES.hour)).toBe(24);
    expect(detectSeason(weekly, SEASON_CANDIDATES.hour)).toBe(168);
  });

  it('has no answer without candidates or values', () => {
    expect(detectSeason(passengers, SEASON_CANDIDATES.year)).toBe(1);
    expect(detectSeason(new Float64Array(0), SEASON_CANDIDATES.month)).toBe(1);
  });
});
