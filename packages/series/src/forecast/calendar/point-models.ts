import { InvalidInput } from '../../invalid-input.ts';
import { additiveFit } from '../additive/additive-fit.ts';
import type { AdditiveOptions } from '../additive/options.ts';
import type { AdditivePoints } from '../additive/points.ts';
import type { ArimaModel } from '../arima/arima-model.ts';
import { fitAutoArima } from '../arima/fit-auto-arima.ts';
import { fitCes } from '../ces/fit-ces.ts';
import { fitEts } from '../ets/fit-ets.ts';
import { fitHolt, fitHoltWinters, fitSes } from '../ets/named.ts';
import { fitCroston } from '../intermittent/fit-croston.ts';
import { fitLstm, type LstmOptions } from '../lstm/fit-lstm.ts';
import { fitStl } from '../mstl/fit-stl.ts';
import { fitDrift, fitNaive, fitSeasonalNaive } from '../naive.ts';
import { fitTbats } from '../tbats/fit-tbats.ts';
import { fitTheta } from '../theta/fit-theta.ts';
import type { Fit, FittedModel } from '../types.ts';

/** What a model may use of a series that is forecast: its times, those to come, and columns that are known for all of them. */
export interface ModelContext {
  readonly m: number;
  /** n + h times; null for an index. */
  readonly t: Float64Array | null;
  /** n + h values each. */
  readonly x: Readonly<Record<string, Float64Array>>;
  readonly additive: AdditiveOptions;
  /** Limits of logistic growth for `prophet`, unit of y. */
  readonly cap?: number;
  readonly floor?: number;
  readonly lstm: Pick<LstmOptions, 'seed' | 'shouldStop'>;
}

interface PointModelKind {
  readonly fit: (context: ModelContext) => Fit;
  /** Fits in the past that a test may take: few of what is slow. */
  readonly pastFits: number;
  readonly usesColumns?: true;
}

const QUICK = 5;
const SLOW = 2;

const KINDS = {
  naive: { pastFits: QUICK, fit: () => fitNaive },
  'seasonal-naive': {
    pastFits: QUICK,
    fit:
      ({ m }) =>
      (y) =>
        fitSeasonalNaive(y, { m }),
  },
  drift: { pastFits: QUICK, fit: () => fitDrift },
  ses: { pastFits: QUICK, fit: () => fitSes },
  holt: { pastFits: QUICK, fit: () => fitHolt },
  'holt-winters': {
    pastFits: QUICK,
    fit:
      ({ m }) =>
      (y) =>
        fitHoltWinters(y, { m }),
  },
  ets: {
    pastFits: QUICK,
    fit:
      ({ m }) =>
      (y) =>
        fitEts(y, { m }),
  },
  theta: {
    pastFits: QUICK,
    fit:
      ({ m }) =>
      (y) =>
        fitTheta(y, { m }),
  },
  ces: {
    pastFits: QUICK,
    fit:
      ({ m }) =>
      (y) =>
        fitCes(y, { m }),
  },
  stl: {
    pastFits: QUICK,
    fit:
      ({ m }) =>
      (y) =>
        m > 1 ? fitStl(y, { seasons: [m] }) : fitEts(y, { m }),
  },
  croston: { pastFits: QUICK, fit: () => (y) => fitCroston(y) },
  tsb: { pastFits: QUICK, fit: () => (y) => fitCroston(y, { variant: 'tsb' }) },
  arima: { pastFits: SLOW, fit: ({ m, x }) => arimaFit(m, x), usesColumns: true },
  tbats: {
    pastFits: SLOW,
    fit:
      ({ m }) =>
      (y) =>
        fitTbats(y, { seasons: m > 1 ? [m] : [] }),
  },
  lstm: {
    pastFits: SLOW,
    fit:
      ({ m, lstm }) =>
      (y) =>
        fitLstm(y, { m, ...lstm }),
  },
  prophet: {
    pastFits: 3,
    usesColumns: true,
    fit: (context) => additiveFit(...additiveInput(context)),
  },
} as const satisfies Record<string, PointModelKind>;

/** A model by the name that people ask for it; `auto` averages those that did best in the past. */
export type PointModel = 'auto' | keyof typeof KINDS;

/**
 * The names that `forecastPoints` takes as `model`: `auto` first, then every model by itself.
 */
export const POINT_MODELS: readonly PointModel[] = ['auto', ...objectKeys(KINDS)];

export function pointModel(name: Exclude<PointModel, 'auto'>): PointModelKind {
  return KINDS[name];
}

/** What `fitAdditive` gets of a series: regressors besides the options. @throws InvalidInput (`model`) for an index */
export function additiveInput({
  t,
  x,
  additive,
  cap,
  floor,
}: ModelContext): [points: AdditivePoints, options: AdditiveOptions] {
  if (t === null) {
    throw new InvalidInput('model', 'must be another than prophet for rows numbered without times');
  }
  const names = Object.keys(x);
  const limits = {
    ...(cap === undefined ? {} : { cap }),
    ...(floor === undefined ? {} : { floor }),
  };
  return [
    { t, regressors: x, ...limits },
    { ...additive, regressors: names.map((name) => ({ name })) },
  ];
}

/** ARIMA whose regressors are known for all times. */
function arimaFit(m: number, x: ModelContext['x']): Fit {
  const between = (from: number, to: number) =>
    Object.fromEntries(
      Object.entries(x).map(([name, values]) => [name, values.subarray(from, to)]),
    );
  if (Object.keys(x).length === 0) return (y) => fitAutoArima(y, { m });
  const over = (model: ArimaModel, n: number): FittedModel => ({
    ...model,
    forecast: (h, levels) => model.forecast(h, levels, between(n, n + h)),
    applyTo: (y) => over(model.applyTo(y, between(0, y.length)), y.length),
  });
  return (y) => over(fitAutoArima(y, { m, regressors: between(0, y.length) }), y.length);
}

function objectKeys<K extends string>(object: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(object) as K[];
}
