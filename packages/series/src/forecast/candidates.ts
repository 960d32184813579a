import { fitAutoArima } from './arima/fit-auto-arima.ts';
import { fitAutoregression } from './autoregression/fit-autoregression.ts';
import { seasonalLags } from './autoregression/lags.ts';
import { fitCes } from './ces/fit-ces.ts';
import { fitEts } from './ets/fit-ets.ts';
import { fitIntermittent } from './intermittent/fit-croston.ts';
import { fitStl } from './mstl/fit-stl.ts';
import { fitSeasonalNaive } from './naive.ts';
import { fitTheta } from './theta/fit-theta.ts';
import type { Fit } from './types.ts';

/** A model that `autoForecast` can try. */
export type CandidateChoice =
  | 'seasonal-naive'
  | 'theta'
  | 'ets'
  | 'stl-theta'
  | 'autoregression'
  | 'differenced-autoregression'
  | 'stl-ets'
  | 'intermittent'
  | 'ces'
  | 'arima';

/** What `autoForecast` can answer with: one model, or the average of the good ones. */
export type ModelChoice = CandidateChoice | 'average';

/** What a candidate needs to know of a series before it is fitted. */
export interface SeriesShape {
  readonly n: number;
  readonly m: number;
  /** All seasons, shortest first; empty when there is none. */
  readonly seasons: readonly number[];
}

/** How a candidate is fitted, what is thought of it beforehand, and what it costs. */
export interface CandidateModel {
  readonly choice: CandidateChoice;
  /** How much it is believed before any test, relative to the others. */
  readonly prior: number;
  readonly fit: Fit;
  /** Work of one fit, in values visited: about 20 ns each on the machine of the README. */
  readonly fitWork: number;
  /** Work of applying it to newer values without a new fit. */
  readonly passWork: number;
}

/**
 * ETS and Theta are believed five times as much as the rest. They were among the best of the M3 and M4 competitions on short
 * series, where a test says little; the others have to show that they are better, which takes some stretches.
 */
const TRUSTED = 1;
const UNPROVEN = 0.2;

type Kind = Omit<CandidateModel, 'choice' | 'fit'> & { fit(): Fit };

/**
 * What each candidate is for a series of a given shape. Its order is that of preference when the work is limited: what costs
 * little or proved good comes first. The work was measured per value on 20 to 1,500 values.
 */
const KINDS: Readonly<Record<CandidateChoice, (shape: SeriesShape) => Kind | null>> = {
  'seasonal-naive': ({ n, m }) => ({
    prior: UNPROVEN,
    fitWork: 5 * n,
    passWork: 5 * n,
    fit: () => (y) => fitSeasonalNaive(y, { m }),
  }),
  theta: ({ n, m }) => ({
    prior: TRUSTED,
    fitWork: 100 * n,
    passWork: 25 * n,
    fit: () => (y) => fitTheta(y, { m }),
  }),
  ets: ({ n, m }) => ({
    prior: TRUSTED,
    fitWork: (m > 1 && m <= 24 ? 1500 : 600) * n,
    passWork: 15 * n,
    fit: () => (y) => fitEts(y, { m }),
  }),
  'stl-theta': ({ n, seasons }) =>
    usable(n, seasons) && {
      prior: UNPROVEN,
      fitWork: (100 + 150 * seasons.length) * n,
      passWork: 25 * n,
      fit: () => (y) => fitStl(y, { seasons, model: (rest) => fitTheta(rest, { m: 1 }) }),
    },
  autoregression: (shape) => autoregression(shape, false),
  'differenced-autoregression': (shape) => autoregression(shape, true),
  'stl-ets': ({ n, seasons }) =>
    usable(n, seasons) && {
      prior: UNPROVEN,
      fitWork: (600 + 150 * seasons.length) * n,
      passWork: 20 * n,
      fit: () => (y) => fitStl(y, { seasons }),
    },
  intermittent: ({ n }) => ({
    prior: TRUSTED,
    fitWork: 600 * n,
    passWork: 10 * n,
    fit: () => fitIntermittent,
  }),
  ces: ({ n, m }) => ({
    prior: UNPROVEN,
    fitWork: (m > 1 ? 2400 : 600) * n,
    passWork: 20 * n,
    fit: () => (y) => fitCes(y, { m }),
  }),
  arima: ({ n, m }) => ({
    prior: UNPROVEN,
    fitWork: (4500 + 400 * m) * n,
    passWork: 40 * n,
    fit: () => (y) => fitAutoArima(y, { m }),
  }),
};

/** STL needs more than two of a season; of three there is something left to test on. */
function usable(n: number, seasons: readonly number[]): true | null {
  return seasons.length > 0 && n >= 3 * seasons[0]! ? true : null;
}

function autoregression({ n, seasons }: SeriesShape, differenced: boolean): Kind {
  const lags = seasonalLags(n, seasons).length;
  return {
    prior: UNPROVEN,
    fitWork: (10 + 0.1 * lags * lags) * n,
    passWork: Math.max(5, lags) * n,
    fit: () => (y) => fitAutoregression(y, { seasons, differenced }),
  };
}

/** The candidates that suit a series, in order of preference. */
export function candidateModels(
  shape: SeriesShape,
  choices: readonly CandidateChoice[],
): CandidateModel[] {
  return (Object.keys(KINDS) as CandidateChoice[]).flatMap((choice) => {
    if (!choices.includes(choice)) return [];
    const kind = KINDS[choice](shape);
    return kind ? [{ ...kind, choice, fit: kind.fit() }] : [];
  });
}
