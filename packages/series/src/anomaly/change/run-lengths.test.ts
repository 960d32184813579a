import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { createRunLengths } from './run-lengths.ts';

const random = createRandom(8);
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('run lengths', () => {
  it('count the points since the level changed', () => {
    const runs = createRunLengths();
    for (let i = 0; i < 150; i++) runs.push(gauss());
    expect(runs.changedWithin(50)).toBeLessThan(0.5);
    expect(runs.likeliest()).toBeGreaterThan(100);
    for (let i = 0; i < 12; i++) runs.push(5 + gauss());
    expect(runs.changedWithin(16)).toBeGreaterThan(0.99);
    expect(Math.abs(runs.likeliest() - 12)).toBeLessThanOrEqual(2);
  });

  it('go on for longer than they are told apart', () => {
    const runs = createRunLengths();
    for (let i = 0; i < 2000; i++) runs.push(gauss());
    expect(runs.likeliest()).toBe(256);
    expect(runs.changedWithin(100)).toBeLessThan(0.5);
    for (let i = 0; i < 10; i++) runs.push(6 + gauss());
    expect(runs.changedWithin(12)).toBeGreaterThan(0.99);
  });

  it('stay a probability for values of any size', () => {
    const runs = createRunLengths({ hazard: 0.1 });
    expect(runs.changedWithin(5)).toBe(0);
    for (const value of [0, 0, 36, -36, 36, 1e9, 0, 0, -1e9]) {
      runs.push(value);
      const changed = runs.changedWithin(3);
      expect(changed >= 0 && changed <= 1).toBe(true);
    }
  });

  it('need a hazard that is a probability', () => {
    expect(() => createRunLengths({ hazard: 1 })).toThrow(InvalidInput);
  });
});
