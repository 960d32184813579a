import { fitEts } from '../../forecast/ets/fit-ets.ts';
import type { Fit, FittedModel } from '../../forecast/types.ts';
import { createExpectedRange } from '../stream/expected-range.ts';
import { createPointTail } from '../stream/point-tail.ts';
import type { Method } from '../types.ts';

export interface ForecastResidualOptions {
  readonly level: number;
  readonly window: number;
  readonly m?: number;
  readonly model?: FittedModel | Fit;
}

/** Values from which a model is fitted the first time, at least two seasons of them. */
const FIRST_FIT = 32;
const FIRST_SEASONS = 3;

/** Forecasts the next value of a running series. */
interface Follower {
  expected(): number;
  update(value: number): void;
}

/**
 * How far a value is from its one-step forecast, ranked among the errors so far. Any model serves: one that can follow a
 * running series (`FittedModel.follow`) costs what its update costs, any other is applied to the last `window` values each
 * time. By default exponential smoothing is chosen and fitted, to the first values and again whenever `window` more have come.
 *
 * A missing value is left to the model. While there is none, the last value is the forecast.
 */
export function createForecastResidual(options: ForecastResidualOptions): Method {
  const { level, window, m = 1, model = (y: Float64Array) => fitEts(y, { m }) } = options;
  const first = Math.min(window, Math.max(FIRST_FIT, FIRST_SEASONS * m));
  const last = new Float64Array(window);
  const range = createExpectedRange(level);
  const tail = createPointTail(2);
  let follower = typeof model === 'function' ? null : followerOf(model, windowed);
  let surprise = 0;
  let n = 0;
  let judged = 0;

  function windowed(): Float64Array {
    const held = Math.min(n, window);
    return Float64Array.from({ length: held }, (_, i) => last[(n - held + i) % window]!);
  }

  function know() {
    const forecast = follower === null ? Number.NaN : follower.expected();
    const expected = Number.isFinite(forecast) ? forecast : lastValue();
    return { expected, ...range.around(expected) };
  }

  function lastValue(): number {
    for (let i = 1; i <= Math.min(n, window); i++) {
      const value = last[(n - i) % window]!;
      if (Number.isFinite(value)) return value;
    }
    return 0;
  }

  function learn(value: number): void {
    last[n++ % window] = value;
    follower?.update(value);
    if (typeof model !== 'function' || (n !== first && n % window !== 0)) return;
    const recent = windowed();
    // Too few values are no reason to give up a model that was fitted to more.
    if (follower === null || recent.filter(Number.isFinite).length >= first / 2) {
      if (recent.some(Number.isFinite)) follower = followerOf(model(recent), windowed);
    }
  }

  return {
    judge(value) {
      const known =
        judged === 0 && follower === null
          ? { expected: value, lower: value, upper: value }
          : know();
      const error = value - known.expected;
      surprise = tail.take(error);
      range.learn(error);
      learn(value);
      judged++;
      return { surprise, ...known };
    },
    expect: () => (judged === 0 ? null : know()),
    pass: () => learn(Number.NaN),
    reasons: () => [{ code: tail.isUp ? 'above-forecast' : 'below-forecast', points: 1, surprise }],
  };
}

function followerOf(model: FittedModel, recent: () => Float64Array): Follower {
  const own = model.follow?.();
  if (own !== undefined) {
    return {
      expected: () => own.expected,
      update: (value) => {
        own.update(value);
      },
    };
  }
  let expected: number | null = null;
  return {
    expected() {
      if (expected !== null) return expected;
      const values = recent();
      const applied =
        values.length === 0 ? model : values.some(Number.isFinite) ? model.applyTo(values) : null;
      expected = applied === null ? Number.NaN : applied.forecast(1).mean[0]!;
      return expected;
    },
    update() {
      expected = null;
    },
  };
}
