import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { createMovingMean } from './moving-mean.ts';
import { createPatternMemory } from './pattern-memory.ts';
import { createProfile } from './profile.ts';
import { createQuantileSketch } from './quantile-sketch.ts';
import { createRobustScale } from './robust-scale.ts';
import { createSortedWindow } from './sorted-window.ts';
import { createTail } from './tail.ts';

const random = createRandom(12);
const HOUR = 3_600_000;

describe('a tail', () => {
  it('tells how often a value is exceeded', () => {
    const tail = createTail(1);
    // Exponential values: one in a thousand exceeds ln 1000.
    for (let i = 0; i < 20_000; i++) tail.add(-Math.log(1 - random()));
    expect(Math.abs(tail.surprise(Math.log(1_000)) - 3)).toBeLessThan(0.15);
    expect(Math.abs(tail.surprise(Math.log(1e6)) - 6)).toBeLessThan(1);
    expect(tail.surprise(1)).toBe(0);
  });

  it('knows a heavy tail from a light one', () => {
    const [light, heavy] = [createTail(1), createTail(1)];
    for (let i = 0; i < 5000; i++) {
      const u = 1 - random();
      light.add(-Math.log(u));
      heavy.add(u ** -0.4);
    }
    expect(heavy.surprise(5000 ** 0.4 * 2)).toBeLessThan(light.surprise(Math.log(5000) * 2));
  });

  it('says nothing before five blocks, and of equal values', () => {
    const tail = createTail(4);
    for (let i = 0; i < 19; i++) tail.add(1);
    expect(tail.surprise(100)).toBe(0);
    tail.add(1);
    expect(tail.surprise(1)).toBe(0);
    expect(tail.surprise(100)).toBeGreaterThan(3);
  });

  it('forgets', () => {
    const tail = createTail(1, 100);
    tail.add(1000);
    for (let i = 0; i < 99; i++) tail.add(random());
    expect(tail.surprise(900)).toBeLessThan(3.5);
    for (let i = 0; i < 50; i++) tail.add(random());
    expect(tail.surprise(900)).toBeGreaterThan(5);
  });
});

describe('running statistics', () => {
  it('a moving mean is that of the last values', () => {
    const meanOf = createMovingMean(5);
    const y = Array.from({ length: 40 }, () => 1e6 * random());
    y.forEach((value, i) => {
      const last = y.slice(Math.max(0, i - 4), i + 1);
      const mean = last.reduce((sum, v) => sum + v, 0) / last.length;
      expect(Math.abs(meanOf(value) / mean - 1)).toBeLessThan(1e-12);
    });
  });

  it('a sorted window holds the last values, ascending, ties too', () => {
    const window = createSortedWindow(7);
    const y = Array.from({ length: 60 }, () => Math.floor(6 * random()));
    y.forEach((value, i) => {
      window.add(value);
      const last = y.slice(Math.max(0, i - 6), i + 1).sort((a, b) => a - b);
      expect([...window.sorted()]).toEqual(last);
    });
  });

  it('a quantile sketch is exact while there is room, and near afterwards', () => {
    const sketch = createQuantileSketch(64);
    expect(sketch.quantile(0.5)).toBeNaN();
    for (let i = 0; i <= 60; i++) sketch.add((i * 37) % 61);
    expect(sketch.quantile(0.5)).toBe(30);
    const large = createQuantileSketch(512);
    for (let i = 0; i < 50_000; i++) large.add(random());
    for (const p of [0.01, 0.1, 0.5, 0.9]) {
      expect(Math.abs(large.quantile(p) - p)).toBeLessThan(0.05);
    }
  });

  it('a robust scale goes there and back, and is finite for any size', () => {
    const scale = createRobustScale();
    for (let i = 0; i < 200; i++) scale.take(50 + 10 * random());
    expect(Math.abs(scale.from(scale.to(57)) - 57)).toBeLessThan(1e-9);
    for (const value of [1e150, -1e150]) expect(Math.abs(scale.take(value))).toBeLessThan(36);
    expect(Number.isFinite(scale.from(700))).toBe(true);
    expect(Number.isFinite(scale.from(-1e9))).toBe(true);
  });
});

describe('a profile', () => {
  it('learns the course of the day, and trusts it as far as it helped', () => {
    const profile = createProfile();
    const wave = (i: number) => Math.sin((2 * Math.PI * i) / 24);
    for (let i = 0; i < 24 * 10; i++) profile.learn(wave(i) + 0.1 * random(), i * HOUR);
    expect(Math.abs(profile.at(246 * HOUR) - wave(246))).toBeLessThan(0.1);
    const useless = createProfile();
    for (let i = 0; i < 24 * 10; i++) useless.learn(random(), i * HOUR);
    expect(Math.abs(useless.at(246 * HOUR))).toBeLessThan(0.02);
  });

  it('believes a course that comes true under noise larger than itself', () => {
    const profile = createProfile();
    const wave = (i: number) => Math.sin((2 * Math.PI * i) / 24);
    for (let i = 0; i < 24 * 200; i++) profile.learn(wave(i) + 6 * (random() - 0.5), i * HOUR);
    const next = 24 * 200 + 6;
    expect(profile.at(next * HOUR)).toBeGreaterThan(0.7 * wave(next));
  });

  it('tells weekdays apart', () => {
    const profile = createProfile();
    const weekend = (i: number) => (Math.floor(i / 24) % 7 < 2 ? 1 : 0);
    for (let i = 0; i < 24 * 7 * 40; i++) profile.learn(weekend(i), i * HOUR);
    const next = 24 * 280 + 5;
    expect(profile.at(next * HOUR) - profile.at((next + 72) * HOUR)).toBeGreaterThan(0.6);
  });

  it('counts places where a season is given, missing values too', () => {
    const profile = createProfile(3);
    for (let i = 0; i < 90; i++) {
      if (i === 44) profile.pass();
      else profile.learn(i % 3, Number.NaN);
    }
    expect(profile.at(Number.NaN)).toBeLessThan(-0.9);
  });

  it('knows nothing without times', () => {
    const profile = createProfile();
    for (let i = 0; i < 50; i++) profile.learn(i % 2, Number.NaN);
    expect(profile.at(Number.NaN)).toBe(0);
  });
});

describe('a pattern memory', () => {
  it('is near to what repeats and far from what is new', () => {
    const memory = createPatternMemory(4);
    let usual = 0;
    for (let i = 0; i < 4000; i++) usual = memory.push(Math.sin(i / 7));
    expect(usual).toBeLessThan(0.2);
    for (let i = 0; i < 16; i++) usual = memory.push(0);
    expect(usual).toBeGreaterThan(0.3);
  });

  it('is the distance to the nearest earlier pattern while there is room', () => {
    const memory = createPatternMemory(1, 2);
    const y = Float64Array.from({ length: 200 }, () => random());
    const pattern = (t: number) => [y[t]!, y[t - 1]!];
    for (let t = 0; t < 200; t++) {
      const distance = memory.push(y[t]!);
      let nearest = Number.POSITIVE_INFINITY;
      const latest = t > 0 ? pattern(t) : [];
      for (let s = 1; s < t - 64; s++) {
        const [a, b] = [latest, pattern(s)];
        nearest = Math.min(nearest, Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!));
      }
      if (t > 65) expect(Math.abs(distance - nearest)).toBeLessThan(2e-3);
      else expect(distance).toBe(0);
    }
  });
});
