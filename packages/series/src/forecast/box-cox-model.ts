import { normalHalfWidth } from '../math/normal.ts';
import { boxCox, inverseBoxCox } from '../transform/box-cox.ts';
import { requireInRange } from './prepared-series.ts';
import type { FittedModel, Forecast, ModelFollower } from './types.ts';

export interface BoxCoxOptions {
  readonly lambda: number;
  /** Whether point forecasts are means (true) or medians (false) on the scale of y. */
  readonly biasAdjust: boolean;
}

/** Half the width of the interval at this level is the deviation of the error law times `PROBE_WIDTH`. */
const PROBE = 0.5;
const PROBE_WIDTH = normalHalfWidth(PROBE);

/**
 * A model of Box–Cox transformed values as one of the values themselves.
 *
 * Ends of intervals are those of the transformed scale taken back, so they keep their level and are not symmetric. Point
 * forecasts are taken back too, which makes medians of them, and moved to the mean with `biasAdjust`; fitted values alike, with
 * the variance of the residuals. The likelihood is that of the values: with the logarithm of the slope of the transformation
 * added, so that it can be compared between powers.
 *
 * @param inner fitted to `boxCox(y, lambda)`. @param y n values; missing ones not finite.
 * Source: Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, 5.6. Compare: R forecast 8.20, whose
 *   likelihood and AICc leave the slope out.
 */
export function boxCoxModel<M extends FittedModel>(
  inner: M,
  y: Float64Array,
  { lambda, biasAdjust }: BoxCoxOptions,
): M {
  const fitted = inverseBoxCox(
    inner.fitted,
    lambda,
    biasAdjust ? residualVariance(inner) : undefined,
  );
  const slope = logSlope(y, lambda);
  const moved = (value: number | null, factor: number) =>
    value === null ? null : value + factor * slope;
  const back = (
    forecast: (h: number, levels: readonly number[], ...more: unknown[]) => Forecast,
    h: number,
    levels: readonly number[] = [],
    more: readonly unknown[] = [],
  ): Forecast => {
    const { mean, intervals } = forecast(h, [...levels, PROBE], ...more);
    const { lower, upper } = intervals.at(-1)!;
    const variance = upper.map((end, i) => ((end - lower[i]!) / (2 * PROBE_WIDTH)) ** 2);
    return {
      mean: inverseBoxCox(mean, lambda, biasAdjust ? variance : undefined),
      intervals: intervals.slice(0, -1).map((interval) => ({
        level: interval.level,
        lower: inverseBoxCox(interval.lower, lambda),
        upper: inverseBoxCox(interval.upper, lambda),
      })),
    };
  };
  const follow = (): ModelFollower => {
    const follower = inner.follow!();
    return {
      get n() {
        return follower.n;
      },
      get expected() {
        return inverseBoxCox(Float64Array.of(follower.expected), lambda)[0]!;
      },
      update(value) {
        const expected = inverseBoxCox(Float64Array.of(follower.expected), lambda)[0]!;
        requireInRange(value);
        follower.update(transformed(value, lambda));
        return Number.isFinite(value) ? value - expected : Number.NaN;
      },
      forecast: (h, levels) => back(follower.forecast, h, levels),
    };
  };
  return {
    ...inner,
    fitted,
    residuals: Float64Array.from(y, (value, t) =>
      Number.isFinite(value) ? value - fitted[t]! : Number.NaN,
    ),
    parameters: { ...inner.parameters, lambda },
    logLikelihood: moved(inner.logLikelihood, 1),
    aicc: moved(inner.aicc, -2),
    forecast: (h: number, levels?: readonly number[], ...more: unknown[]) =>
      back(inner.forecast as never, h, levels, more),
    applyTo: (next: Float64Array, ...more: unknown[]) =>
      boxCoxModel(
        (inner.applyTo as (y: Float64Array, ...rest: unknown[]) => M)(
          next.map((value) => transformed(value, lambda)),
          ...more,
        ),
        next,
        { lambda, biasAdjust },
      ),
    ...(inner.follow && { follow }),
  };
}

/** A value that the transformation does not know is as good as missing. */
function transformed(value: number, lambda: number): number {
  if (!Number.isFinite(value) || (lambda <= 0 && value <= 0)) return Number.NaN;
  return boxCox(Float64Array.of(value), lambda)[0]!;
}

function residualVariance({ residuals }: FittedModel): Float64Array {
  const present = residuals.filter((value) => !Number.isNaN(value));
  const sum = present.reduce((total, value) => total + value * value, 0);
  return new Float64Array(residuals.length).fill(present.length > 0 ? sum / present.length : 0);
}

/** Σ log dz/dy over the present values. */
function logSlope(y: Float64Array, lambda: number): number {
  let sum = 0;
  for (let t = 0; t < y.length; t++) {
    const size = Math.abs(y[t]!);
    if (Number.isFinite(size) && size > 0) sum += (lambda - 1) * Math.log(size);
  }
  return sum;
}
