import { requireFraction } from '../../invalid-input.ts';
import { createFittedModel, type Prediction } from '../create-fitted-model.ts';
import { type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel } from '../types.ts';
import { warning } from '../warnings.ts';
import { demandClass } from './demand-class.ts';
import {
  type DemandRule,
  type DemandState,
  type DemandVariant,
  demandRate,
  firstDemandState,
  stepDemand,
} from './demand-states.ts';

export interface CrostonOptions {
  /**
   * `croston` (default): smoothed size over smoothed interval. `sba`: the same times 1 − β/2, which takes out most of its bias.
   * `tsb`: smoothed size times the smoothed probability of a demand, which falls while none comes.
   */
  readonly variant?: DemandVariant;
  /** Smoothing weight of the sizes, a fraction in (0, 1); default 0.1, as in R's `croston()`. */
  readonly alpha?: number;
  /** Smoothing weight of the intervals or of the probability; default 0.1. */
  readonly beta?: number;
}

const USUAL_WEIGHT = 0.1;

const NAMES: Readonly<Record<DemandVariant, string>> = {
  croston: 'Croston',
  sba: 'Croston (SBA)',
  tsb: 'TSB',
};

/**
 * Mean demand per period of a series with periods of no demand. The forecast is the same for all steps.
 *
 * @param y n ≥ 1 values of demand per period, oldest first; 0 is no demand. One that is not finite counts as missing: it is
 *   filled in and its residual is `NaN`. Without any demand the forecast is 0 (`constant`).
 * @returns a model whose deviation is that of the past one-step errors at every step. A normal law suits such a series badly:
 *   prefer the intervals of `calibrateConformal`.
 * @throws InvalidInput (`y`, `alpha`, `beta`).
 *
 * Cost: O(n). Source: Croston (1972); Syntetos & Boylan (2005) for `sba`; Teunter, Syntetos & Babai (2011) for `tsb`. First
 *   size and interval are those of the first demand, first probability 1 over that interval.
 * Compare: R forecast 8.20 `croston()`, which is `croston` with alpha = beta, to rounding.
 */
export function fitCroston(y: Float64Array, options: CrostonOptions = {}): FittedModel {
  const { variant = 'croston', alpha = USUAL_WEIGHT, beta = USUAL_WEIGHT } = options;
  requireFraction('alpha', alpha);
  requireFraction('beta', beta);
  return crostonModel(prepareSeries(y, 1), { variant, alpha, beta });
}

/** A silence that would come by chance less often than this speaks of a demand that is ending. */
const RARE = 0.05;

/**
 * The estimator that suits how the demand comes: Croston's for a smooth one, Syntetos and Boylan's for any other, and TSB where
 * the silence at the end is so long that the demand may have ended: where, at the usual rate, fewer than one in twenty would
 * be as long.
 *
 * @param y as in `fitCroston`.
 * @throws InvalidInput (`y`).
 *
 * Source: Syntetos, Boylan & Croston (2005) for the first choice; the test of the silence supposes independent demands.
 */
export function fitIntermittent(y: Float64Array): FittedModel {
  const { pattern, interval, silence } = demandClass(y);
  if ((1 - 1 / interval) ** silence < RARE) return fitCroston(y, { variant: 'tsb' });
  const usual = pattern === 'smooth' || pattern === 'none';
  return fitCroston(y, { variant: usual ? 'croston' : 'sba' });
}

interface DemandRun {
  readonly state: DemandState;
  squares: number;
  errors: number;
}

function expected(rule: DemandRule, { state }: DemandRun): number {
  const rate = demandRate(rule, state);
  return Number.isNaN(rate) ? 0 : rate;
}

function update(rule: DemandRule, run: DemandRun, value: number, seen: boolean): void {
  // A missing period is neither a demand nor a silence.
  if (!seen) return;
  const rate = demandRate(rule, run.state);
  if (!Number.isNaN(rate)) {
    run.squares += (value - rate) ** 2;
    run.errors++;
  }
  stepDemand(rule, run.state, value);
}

function predict(rule: DemandRule, run: DemandRun, h: number): Prediction {
  const sigma = run.errors === 0 ? 0 : Math.sqrt(run.squares / run.errors);
  return {
    mean: new Float64Array(h).fill(expected(rule, run)),
    deviation: new Float64Array(h).fill(sigma),
  };
}

function crostonModel(series: PreparedSeries, rule: DemandRule): FittedModel {
  const { values, original, start } = series;
  const run: DemandRun = { state: firstDemandState(), squares: 0, errors: 0 };
  const fitted = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) {
    fitted[t] = demandRate(rule, run.state);
    update(rule, run, values[t]!, Number.isFinite(original[start + t]!));
  }
  const { size, interval, probability } = run.state;
  const silent = Number.isNaN(size);
  return createFittedModel({
    name: NAMES[rule.variant],
    series,
    fitted,
    parameters: {
      alpha: rule.alpha,
      beta: rule.beta,
      size: silent ? 0 : size,
      ...(rule.variant === 'tsb'
        ? { probability: silent ? 0 : probability }
        : { interval: silent ? Number.POSITIVE_INFINITY : interval }),
    },
    warnings: silent ? [warning('constant', { value: 0 })] : [],
    predict: (h) => predict(rule, run, h),
    applyTo: (next) => crostonModel(prepareSeries(next, 1), rule),
    follow() {
      const copy: DemandRun = { ...run, state: { ...run.state } };
      return {
        expected: () => expected(rule, copy),
        update: (value, seen) => update(rule, copy, value, seen),
        predict: (h) => predict(rule, copy, h),
      };
    },
  });
}
