import { requireFraction } from '../../invalid-input.ts';
import { logGamma } from '../../math/gamma.ts';

/** How long ago a running series last changed, as a distribution. */
export interface RunLengths {
  push(value: number): void;
  /** Probability that the last change is at most so many points old; the start of the series is no change. */
  changedWithin(points: number): number;
  /** Points since the likeliest last change, or since the start. */
  likeliest(): number;
}

export interface RunLengthOptions {
  /** Probability of a change at any point, a fraction; default 1/250. */
  readonly hazard?: number;
}

/** Longest run that is told apart; longer ones count as the start. */
const LONGEST = 256;
/** The prior of a run: one value's worth of mean 0 and spread 1, with heavy tails. */
const PRIOR = { kappa: 0.1, alpha: 1, beta: 1 };

/**
 * Bayesian online changepoint detection for runs of normal values with unknown mean and variance.
 *
 * @throws InvalidInput (`hazard`).
 *
 * Cost: O(256) a value, 1,280 doubles. Values should be on a scale of about 1 (`createRobustScale`).
 * Source: Adams & MacKay (2007), arXiv:0710.3742, with the conjugate prior of Murphy (2007). Departures: runs longer than 256
 *   points share one entry, whose statistics go on with a memory of 256 points; a run begins with the value after the change.
 */
export function createRunLengths({ hazard = 1 / 250 }: RunLengthOptions = {}): RunLengths {
  requireFraction('hazard', hazard);
  // Entry r: the probability that the run began r values ago, and the mean and squares of these values. Entry LONGEST: older.
  const size = LONGEST + 1;
  const share = new Float64Array(size);
  const mean = new Float64Array(size);
  const squares = new Float64Array(size);
  const norm = Float64Array.from({ length: size }, (_, count) =>
    studentNorm(2 * PRIOR.alpha + count),
  );
  let n = 0;
  share[0] = 1;

  const countOf = (run: number) => Math.min(run, n);

  function predictive(run: number, value: number): number {
    const count = countOf(run);
    const kappa = PRIOR.kappa + count;
    const alpha = PRIOR.alpha + count / 2;
    const shift = (PRIOR.kappa * count * mean[run]! ** 2) / (2 * kappa);
    const beta = PRIOR.beta + squares[run]! / 2 + shift;
    const centre = (count * mean[run]!) / kappa;
    const variance = (beta * (kappa + 1)) / (alpha * kappa);
    const square = (value - centre) ** 2 / (2 * alpha * variance);
    return norm[count]! * (1 + square) ** (-alpha - 0.5) * variance ** -0.5;
  }

  function extend(from: number, to: number, value: number): void {
    const count = countOf(from);
    const weight = 1 / (count + 1);
    const difference = value - mean[from]!;
    const kept = from === LONGEST ? 1 - 1 / LONGEST : 1;
    mean[to] = mean[from]! + difference * weight;
    squares[to] = squares[from]! * kept + difference * (value - mean[to]!);
  }

  return {
    push(value) {
      let total = 0;
      let changed = 0;
      const top = Math.min(n, LONGEST);
      for (let run = top; run >= 0; run--) {
        const joint = share[run]! * predictive(run, value);
        changed += joint * hazard;
        const grown = joint * (1 - hazard);
        total += joint;
        const to = Math.min(run + 1, LONGEST);
        if (run === LONGEST) {
          extend(run, to, value);
          share[to] = grown;
        } else if (to === LONGEST && n >= LONGEST) {
          // The oldest entry takes the one that has just grown as old as it; their statistics differ by a value or two.
          share[to]! += grown;
        } else {
          extend(run, to, value);
          share[to] = grown;
        }
      }
      share[0] = changed;
      mean[0] = 0;
      squares[0] = 0;
      n++;
      if (!(total > 0)) {
        // No run can explain the value: the series begins anew.
        share.fill(0);
        share[0] = 1;
        return;
      }
      for (let run = 0; run <= Math.min(n, LONGEST); run++) share[run]! /= total;
    },
    changedWithin(points) {
      let sum = 0;
      for (let run = 0; run <= Math.min(points, n - 1, LONGEST - 1); run++) sum += share[run]!;
      return n === 0 ? 0 : Math.min(1, sum);
    },
    likeliest() {
      let best = 0;
      for (let run = 0; run <= Math.min(n, LONGEST); run++) {
        if (share[run]! > share[best]!) best = run;
      }
      return best;
    },
  };
}

/** Γ((ν + 1) / 2) / (Γ(ν / 2) √(νπ)) */
function studentNorm(freedom: number): number {
  return Math.exp(
    logGamma((freedom + 1) / 2) - logGamma(freedom / 2) - Math.log(freedom * Math.PI) / 2,
  );
}
