import { InvalidInput, requireFraction, requireWhole, show } from '../../invalid-input.ts';
import { createFittedModel, type Prediction } from '../create-fitted-model.ts';
import { fitSeasonalNaive } from '../naive.ts';
import { isConstant, type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import {
  copyState,
  createLstmNetwork,
  emptyState,
  type LstmShape,
  type LstmState,
  weightCount,
} from './lstm-network.ts';
import {
  type ChangeScale,
  changeAt,
  inputCount,
  scaleOfChanges,
  valueAt,
  writeInputs,
} from './seasonal-changes.ts';
import { trainLstm } from './train-lstm.ts';

export interface LstmOptions {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /** Cells a layer; default 16. */
  readonly hidden?: number;
  /** 1 or 2; default 1. */
  readonly layers?: 1 | 2;
  /** Share of the series, the newest, that says when to stop; default 0.2. */
  readonly holdBack?: number;
  /** Steps that an error is followed back through; default 32. */
  readonly window?: number;
  /** Adam's step; default 0.01. */
  readonly rate?: number;
  /** Epochs without a better one before training ends; default 20. */
  readonly patience?: number;
  /** Default 300. */
  readonly maxEpochs?: number;
  /** Most weights times steps in all of training, which bounds its time: about 3 s for the default of 3e8. */
  readonly maxWork?: number;
  /** Only this many of the newest values are learned from; default 3,000. */
  readonly longestHistory?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Asked after each epoch; true ends training with the best weights so far. */
  readonly shouldStop?: (progress: { readonly epoch: number; readonly loss: number }) => boolean;
}

/** A trained network. Plain data: it can be sent between threads or stored. */
export interface LstmWeights {
  readonly shape: LstmShape;
  readonly changes: ChangeScale;
  /** Standard deviation of the one-step errors over the part held back, unit of y. */
  readonly sigma: number;
  readonly values: Float64Array;
}

export interface LstmModel extends FittedModel {
  /** null where there was too little to learn from and the seasonal naive stands in. */
  readonly weights: LstmWeights | null;
}

const DEFAULTS = {
  hidden: 16,
  layers: 1,
  holdBack: 0.2,
  window: 32,
  rate: 0.01,
  patience: 20,
  maxEpochs: 300,
  maxWork: 3e8,
  longestHistory: 3000,
  seed: 1,
} as const;

/** Fewer changes than this cannot be split into a part to learn from and a part to stop by. */
const FEWEST_CHANGES = 20;
/** The part held back is at least this long. */
const LEAST_HELD = 4;

/**
 * A small recurrent network (LSTM) that learns how a series departs from its value of one season ago.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first; one that is not finite counts as missing: it is filled in by season
 *   and its residual is `NaN`. Within ±1e150.
 * @returns a model with normal intervals: each pass over a season adds the variance of the one-step errors of the part that
 *   was held back. Too short or constant series get the seasonal naive, with a warning. Seeded: the same series and options
 *   give the same model. `not-converged` when training ended by a limit or by `shouldStop`.
 * @throws InvalidInput naming the argument or option.
 *
 * Cost: 6 products for each weight, step and epoch (1,300 weights by default), bounded by `maxWork`; see
 *   docs/reference/forecast-lstm.md for measured times, and for its accuracy, which is below that of ETS and Theta.
 * Source: Hochreiter & Schmidhuber (1997), Gers et al. (2000); truncated back-propagation with Adam; early stopping by the
 *   newest part (Prechelt 1998).
 *
 * @example fitLstm(y, { m: 12 }).forecast(18, [0.8]).mean
 */
export function fitLstm(y: Float64Array, options: LstmOptions): LstmModel {
  const settled = { ...DEFAULTS, ...options };
  requireOptions(settled);
  const { m, hidden, layers } = settled;
  const series = prepareSeries(y, m);
  const all = series.values;
  const cutOff = Math.max(0, all.length - settled.longestHistory);
  const lag = m > 1 && all.length - cutOff >= 3 * m ? m : 1;
  const n = all.length - cutOff;
  if (isConstant(all) || n - lag < FEWEST_CHANGES) {
    const naive = fitSeasonalNaive(y, { m });
    const why = isConstant(all)
      ? warning('constant', { value: all[0]! })
      : warning('too-short-for-model', { n: all.length });
    return { ...naive, warnings: [...naive.warnings, why], weights: null };
  }
  const held = Math.max(LEAST_HELD, Math.round(settled.holdBack * (n - lag)));
  const holdFrom = n - held;
  const values = all.subarray(cutOff);
  const shape: LstmShape = { inputs: inputCount({ m, lag }), hidden, layers };
  const changes = scaleOfChanges(values, m, lag, holdFrom);
  const { x, targets } = stepsOf(values, changes, shape.inputs, series.start + cutOff);
  const weights = weightCount(shape);
  const affordable = Math.floor(settled.maxWork / (weights * n));
  const trained = trainLstm({
    shape,
    x,
    targets,
    skip: lag,
    holdFrom,
    window: settled.window,
    rate: settled.rate,
    patience: settled.patience,
    maxEpochs: Math.min(settled.maxEpochs, affordable),
    seed: settled.seed,
    ...(settled.shouldStop && { shouldStop: settled.shouldStop }),
  });
  const model: LstmWeights = {
    shape,
    changes,
    sigma: changes.scale * Math.sqrt(trained.loss),
    values: trained.weights,
  };
  const warnings = trained.cut ? [warning('not-converged', { iterations: trained.epochs })] : [];
  return runningModel(series, model, { epochs: trained.epochs, loss: trained.loss }, warnings);
}

/**
 * A stored network on a series, without training.
 *
 * @param y as for `fitLstm`, with the same spacing and season, from the same first value on.
 * @throws InvalidInput (`weights`) when its parts do not fit together; (`y`).
 */
export function lstmOf(y: Float64Array, weights: LstmWeights): LstmModel {
  const { shape, changes, values } = weights;
  const expected = weightCount(shape);
  if (values.length !== expected || shape.inputs !== inputCount(changes)) {
    throw new InvalidInput('weights', `must hold ${expected} values, got ${values.length}`);
  }
  return runningModel(prepareSeries(y, changes.m), weights, {}, []);
}

function requireOptions(options: Required<Omit<LstmOptions, 'shouldStop'>>): void {
  const { hidden, layers, window, patience, maxEpochs, maxWork, longestHistory } = options;
  requireWhole('hidden', hidden, 1, 256);
  requireWhole('layers', layers, 1, 2);
  requireFraction('holdBack', options.holdBack);
  requireWhole('window', window, 1, 10_000);
  requireWhole('patience', patience, 1);
  requireWhole('maxEpochs', maxEpochs, 0);
  requireWhole('longestHistory', longestHistory, 1);
  for (const [name, value] of Object.entries({ rate: options.rate, maxWork })) {
    if (value > 0 && Number.isFinite(value)) continue;
    throw new InvalidInput(name, `must be above 0, got ${show(value)}`);
  }
}

/** Inputs and targets of all steps of a stretch that begins at index `start` of the whole series. */
function stepsOf(values: Float64Array, changes: ChangeScale, inputs: number, start: number) {
  const n = values.length;
  const x = new Float64Array(n * inputs);
  const targets = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    writeInputs(values, t, changes, x, t * inputs, start);
    targets[t] = changeAt(values, t, changes);
  }
  return { x, targets };
}

function runningModel(
  series: PreparedSeries,
  weights: LstmWeights,
  facts: Readonly<Record<string, number>>,
  warnings: readonly SeriesWarning[],
): LstmModel {
  const { shape, changes, sigma } = weights;
  const { values, start } = series;
  const n = values.length;
  const { lag } = changes;
  const network = createLstmNetwork(shape, 1);
  const state = emptyState(shape);
  const out = new Float64Array(1);
  const inputs = new Float64Array(shape.inputs);
  /** One step of the network: the change it expects at t. */
  const step = (known: ArrayLike<number>, t: number, at: LstmState): number => {
    writeInputs(known, t, changes, inputs, 0, start);
    network.forward(weights.values, inputs, 0, 1, at, out);
    return out[0]!;
  };
  const fitted = new Float64Array(n).fill(Number.NaN);
  for (let t = 0; t < n; t++) {
    const change = step(values, t, state);
    if (t >= lag) fitted[t] = valueAt(values, t, change, changes);
  }

  /** The last 2 · lag + 1 values are all that inputs reach back to; their place in the season is kept. */
  const recent = 2 * lag + 1;
  const predictFrom = (
    known: readonly number[],
    offset: number,
    at: LstmState,
    h: number,
  ): Prediction => {
    const path = [...known];
    const end = path.length;
    const memory = copyState(at);
    const mean = new Float64Array(h);
    const deviation = new Float64Array(h);
    for (let i = 0; i < h; i++) {
      const t = end + i;
      writeInputs(path, t, changes, inputs, 0, offset);
      network.forward(weights.values, inputs, 0, 1, memory, out);
      mean[i] = path[t] = t < lag ? path[t - 1]! : valueAt(path, t, out[0]!, changes);
      deviation[i] = sigma * Math.sqrt(Math.floor(i / lag) + 1);
    }
    return { mean, deviation };
  };
  const tail = Array.from(values.subarray(Math.max(0, n - recent)));
  const tailOffset = start + Math.max(0, n - recent);
  const model = createFittedModel({
    name: shape.layers === 1 ? `LSTM(${shape.hidden})` : `LSTM(${shape.hidden}, ${shape.hidden})`,
    series,
    fitted,
    parameters: { ...facts, sigma, centre: changes.centre, scale: changes.scale },
    warnings,
    predict: (h) => predictFrom(tail, tailOffset, state, h),
    applyTo: (next) => runningModel(prepareSeries(next, changes.m), weights, facts, warnings),
    follow() {
      const known = [...tail];
      let offset = tailOffset;
      const memory = copyState(state);
      const ahead = () => predictFrom(known, offset, memory, 1).mean[0]!;
      let next = ahead();
      return {
        expected: () => next,
        update(value) {
          writeInputs(known, known.length, changes, inputs, 0, offset);
          network.forward(weights.values, inputs, 0, 1, memory, out);
          known.push(value);
          if (known.length > recent) {
            known.shift();
            offset++;
          }
          next = ahead();
        },
        predict: (h) => predictFrom(known, offset, memory, h),
      };
    },
  });
  return { ...model, weights };
}
