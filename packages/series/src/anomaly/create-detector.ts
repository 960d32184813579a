import type { Fit, FittedModel } from '../forecast/types.ts';
import { InvalidInput, requireFraction, requireWhole, show } from '../invalid-input.ts';
import { createEarlyJudge } from './early-judge.ts';
import { createIncidents } from './incidents.ts';
import { createChangeDetector } from './methods/change.ts';
import { createDiscord } from './methods/discord.ts';
import { createForecastResidual } from './methods/forecast-residual.ts';
import { createIqr } from './methods/iqr.ts';
import { createIsolation } from './methods/isolation.ts';
import { createMultiScale } from './methods/multi-scale.ts';
import { createSeasonalResidual } from './methods/seasonal-residual.ts';
import { createZScore } from './methods/z-score.ts';
import type { AnomalyDetector, AnomalyPoint, Method } from './types.ts';

/**
 * The names that `createDetector` takes as `method`; `ensemble`, the default, weighs the evidence of several of the others.
 */
export const ANOMALY_METHODS = [
  'ensemble',
  'z-score',
  'iqr',
  'seasonal',
  'isolation-forest',
  'forecast',
  'discord',
  'change',
] as const;
export type AnomalyMethod = (typeof ANOMALY_METHODS)[number];

export interface DetectorOptions {
  /** Default `ensemble`. */
  readonly method?: AnomalyMethod;
  /**
   * Score from which a value is an anomaly, in (0, 1). Default 0.5, which one point in 400 reaches in usual times.
   */
  readonly threshold?: number;
  /** Share of usual values in the expected range, default 0.99. */
  readonly level?: number;
  /** Season length in points, ≥ 2, for the methods that know seasons. Default: the clock, where times are given. */
  readonly m?: number;
  /** Points that are looked back at, ≥ 8: `z-score`, `iqr`, `seasonal`, `isolation-forest`, `forecast`. Default 512. */
  readonly window?: number;
  /** Of `forecast`: what forecasts. A fitted model is followed; a `Fit` is fitted to the first and again to later values. */
  readonly model?: FittedModel | Fit;
  /** Seed of the random numbers of `isolation-forest`, default 1. */
  readonly seed?: number;
}

/** Largest size of a value that is judged as it is; larger ones count as this. */
const LARGEST = 1e150;
/** What these judge is no single value. */
const OF_STRETCHES: readonly AnomalyMethod[] = ['discord', 'change'];
/** Surprise of score 1: what one point in 160,000 reaches in usual times, so that one in 400 reaches 0.5. */
const FULL_SCORE = 2 * Math.log10(400);
/** Scores within an incident stay this far below the threshold. */
const BELOW = 0.999;

/**
 * A detector for one running series: bounded memory, and bounded time a value.
 *
 * Each method turns a value into a statistic and ranks it among the statistic's own past (`createTail`), so that one threshold
 * serves all series and methods; of the first 256 values also by the size of the error (`createEarlyJudge`). One alarm an
 * incident: after an anomaly the score stays below the threshold until nothing has exceeded it for 64 points and 8 hours.
 *
 * @throws InvalidInput (`method`, `threshold`, `level`, `m`, `window`, `seed`).
 *
 * @example
 * const detector = createDetector();
 * for (const [t, y] of readings) if (detector.push(y, t).anomaly) …
 */
export function createDetector(options: DetectorOptions = {}): AnomalyDetector {
  const { threshold = 0.5 } = options;
  requireFraction('threshold', threshold);
  const method = createMethod(options);
  const begins = createIncidents();
  const early = OF_STRETCHES.includes(options.method ?? 'ensemble') ? null : createEarlyJudge();
  return {
    push(value, time = Number.NaN): AnomalyPoint {
      if (!Number.isFinite(value)) {
        const known = method.expect(time) ?? { expected: null, lower: null, upper: null };
        method.pass?.();
        return { ...known, score: 0, surprise: 0, anomaly: false, reasons: [] };
      }
      const kept = Math.max(-LARGEST, Math.min(LARGEST, value));
      const known = method.expect(time);
      const { surprise: rarity, expected, lower, upper } = method.judge(kept, time);
      const error = known?.expected == null ? 0 : kept - known.expected;
      const rare = early?.take(error) ?? 0;
      const surprise = Math.min(1, Math.max(rarity, rare) / FULL_SCORE);
      const exceeds = surprise >= threshold;
      const anomaly = begins(exceeds, time);
      const score = exceeds && !anomaly ? BELOW * threshold : surprise;
      const reasons = anomaly ? [...method.reasons()] : [];
      if (anomaly && rare > rarity) {
        reasons.unshift({ code: error > 0 ? 'high' : 'low', points: 1, surprise: rare });
      }
      return { score, surprise, expected, lower, upper, anomaly, reasons };
    },
  };
}

function createMethod(options: DetectorOptions): Method {
  const { method = 'ensemble', level = 0.99, window = 512, seed = 1, m, model } = options;
  requireFraction('level', level);
  requireWhole('window', window, 8);
  if (m !== undefined) requireWhole('m', m, 2);
  const season = m === undefined ? {} : { m };
  switch (method) {
    case 'ensemble':
      return createMultiScale({ level, ...season });
    case 'z-score':
      return createZScore({ level, window });
    case 'iqr':
      return createIqr({ window });
    case 'seasonal':
      return createSeasonalResidual({ level, window, ...season });
    case 'isolation-forest':
      return createIsolation({ level, window, seed });
    case 'forecast':
      return createForecastResidual({ level, window, ...season, ...(model && { model }) });
    case 'discord':
      return createDiscord({ level });
    case 'change':
      return createChangeDetector({ level });
    default: {
      const names = ANOMALY_METHODS.join(', ');
      throw new InvalidInput('method', `must be one of ${names}, got ${show(method)}`);
    }
  }
}
