import { createMovingMean } from './moving-mean.ts';

/** How far the course of the last points is from everything seen before. */
export interface PatternMemory {
  /** Distance of the latest pattern from the nearest one remembered; 0 while there is none. Then remembers an older one. */
  push(value: number): number;
}

const ROOM = 200;
const FIRST_RADIUS = 1e-3;
const GROWTH = 1.3;
/** Patterns that remain after thinning. */
const AFTER_THINNING = 0.75;
/** Points that a pattern waits before it is remembered: a course that goes on must not be its own neighbour. */
const DELAY = 64;

/**
 * A streaming left matrix profile with bounded memory. A pattern is the means of `steps` stretches of `stretch` points that
 * end at the latest one; remembered are those that were farther than a radius from all remembered before. When the room is
 * used up, the radius grows until a quarter of it is free.
 *
 * @param stretch points a step, ≥ 1. @param steps steps a pattern, ≥ 1.
 *
 * Cost: O(200 · steps) a value; 200 · steps + 64 · steps doubles.
 * Source: Yeh et al. (2016), ICDM, and the left profile of Yeh et al. (2018), DMKD 32, for the idea. Departures: values are
 *   not normalised window by window (a new level is a new pattern), stretches are averaged (Keogh et al. 2001, piecewise
 *   aggregates), and prototypes stand for the past, so distances are up to one radius too large.
 */
export function createPatternMemory(stretch: number, steps = 4): PatternMemory {
  const prototypes = new Float64Array(ROOM * steps);
  const span = stretch * (steps - 1) + 1;
  const means = new Float64Array(span);
  const waiting = new Float64Array(DELAY * steps);
  const pattern = new Float64Array(steps);
  const meanOf = createMovingMean(stretch);
  let n = 0;
  let known = 0;
  let radius = FIRST_RADIUS;

  function squareTo(prototype: number, from: Float64Array, at: number, limit: number): number {
    let square = 0;
    for (let k = 0; k < steps && square < limit; k++) {
      square += (prototypes[prototype * steps + k]! - from[at + k]!) ** 2;
    }
    return square;
  }

  function nearest(from: Float64Array, at: number): number {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < known; i++) best = Math.min(best, squareTo(i, from, at, best));
    return best;
  }

  function thin(): void {
    while (known > ROOM * AFTER_THINNING) {
      radius *= GROWTH;
      let left = 0;
      for (let i = 0; i < known; i++) {
        let apart = true;
        for (let k = 0; k < left && apart; k++) {
          apart = squareTo(k, prototypes, i * steps, radius * radius) >= radius * radius;
        }
        if (apart) prototypes.copyWithin(left++ * steps, i * steps, (i + 1) * steps);
      }
      known = left;
    }
  }

  function remember(from: Float64Array, at: number): void {
    if (known > 0 && nearest(from, at) <= radius * radius) return;
    if (known === ROOM) thin();
    prototypes.set(from.subarray(at, at + steps), known++ * steps);
  }

  return {
    push(value) {
      means[n % span] = meanOf(value);
      for (let k = 0; k < steps; k++) pattern[k] = means[Math.max(0, n - k * stretch) % span]!;
      const square = nearest(pattern, 0);
      const place = (n % DELAY) * steps;
      // The first patterns reach back before the series and would stand for a level course.
      if (n >= DELAY + span - 1) remember(waiting, place);
      waiting.set(pattern, place);
      n++;
      return known === 0 || square === Number.POSITIVE_INFINITY ? 0 : Math.sqrt(square);
    },
  };
}
