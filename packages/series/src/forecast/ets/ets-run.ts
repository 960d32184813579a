import { reseasonalise, type SeasonalAdjustment } from '../../transform/seasonal-adjustment.ts';
import type { Prediction } from '../create-fitted-model.ts';
import type { PreparedSeries } from '../prepared-series.ts';
import type { SeriesWarning } from '../types.ts';
import type { EtsEstimate } from './estimate.ts';
import { parameterCount } from './form.ts';
import { predictEts } from './predict.ts';
import { type EtsRule, firstState, nextMean, type RunningState, stepEts } from './running-state.ts';
import { parameterLayout } from './smoother.ts';

/** What an estimated ETS model consists of. */
export interface EtsParts {
  readonly series: PreparedSeries;
  readonly adjustment: SeasonalAdjustment;
  readonly estimate: EtsEstimate;
  /** The adjusted values were divided by this for the estimation. */
  readonly scale: number;
  /** See `EtsRule`. */
  readonly floor: number;
  readonly warnings: readonly SeriesWarning[];
}

/** A model on its way through a series, after `n` values. */
export interface EtsRun {
  readonly rule: EtsRule;
  n(): number;
  /** Mean of the next adjusted value. */
  expected(): number;
  update(adjusted: number, seen: boolean): void;
  sigma(): number;
  predict(h: number): Prediction;
  copy(): EtsRun;
}

interface RunStart {
  readonly state: RunningState;
  readonly n: number;
  readonly squares: number;
  readonly errors: number;
}

/** @param start where to begin; default before the first value. */
export function createRun(parts: EtsParts, m: number, start?: RunStart): EtsRun {
  const { adjustment, estimate, scale, floor } = parts;
  const { form, parameters } = estimate;
  const rule: EtsRule = { form, layout: parameterLayout(form, m), parameters, floor };
  const state = start?.state ?? firstState(rule);
  let { n, squares, errors } = start ?? { n: 0, squares: 0, errors: 0 };
  const estimated = parameterCount(form, m) - 1;
  const sigma = () => Math.sqrt(squares / Math.max(1, errors - estimated));
  return {
    rule,
    n: () => n,
    expected: () => nextMean(rule, state, n) * scale,
    update(adjusted, seen) {
      const error = stepEts(rule, state, n, adjusted / scale);
      n++;
      if (!seen) return;
      squares += error * error;
      errors++;
    },
    sigma,
    predict(h) {
      const { layout } = rule;
      const { mean, deviation } = predictEts(form, layout, parameters, state, n, m, sigma(), h);
      for (let i = 0; i < h; i++) {
        mean[i]! *= scale;
        deviation[i]! *= scale;
      }
      reseasonalise(mean, adjustment, n);
      if (adjustment.type === 'multiplicative') reseasonalise(deviation, adjustment, n);
      return { mean, deviation };
    },
    copy: () =>
      createRun(parts, m, {
        state: { ...state, season: state.season.slice() },
        n,
        squares,
        errors,
      }),
  };
}
