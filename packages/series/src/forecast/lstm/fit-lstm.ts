import { InvalidInput, requireFraction, requireWhole, show } from '../../invalid-input.ts';
import { seasonallyAdjust } from '../../transform/seasonal-adjustment.ts';
import { createFittedModel, type Prediction } from '../create-fitted-model.ts';
import { isConstant, type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import { fitTheta } from '../theta/fit-theta.ts';
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
  inputCount,
  type SmoothedState,
  type Smoothing,
  smoothingOf,
  stateAfterFirst,
  takeValue,
  unitAt,
  valueFor,
  writeInputs,
} from './smoothed-level.ts';
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
  readonly smoothing: Smoothing;
  /** Standard deviation of the one-step errors over the part held back, unit of y. */
  readonly sigma: number;
  readonly values: Float64Array;
}

export interface LstmModel extends FittedModel {
  /** null where there was too little to learn from and the Theta method stands in. */
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

/** Fewer values than this cannot be split into a part to learn from and a part to stop by. */
const FEWEST_VALUES = 20;
/** The part held back is at least this long. */
const LEAST_HELD = 4;

/**
 * A small recurrent network (LSTM) that learns by how much a series will miss its smoothed level, the season taken out.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first; one that is not finite counts as missing: it is filled in by season
 *   and its residual is `NaN`. Within ±1e150.
 * @returns a model with normal intervals: those of exponential smoothing, with the one-step deviation of the part that was held
 *   back. Short (below 20 values) and constant series get the Theta method, with a warning. Seeded: the same series and options
 *   give the same model. `not-converged` when training ended by a limit or by `shouldStop`.
 * @throws InvalidInput naming the argument or option.
 *
 * Cost: 6 products for each weight, step and epoch (1,300 weights by default), bounded by `maxWork`; measured times, and its
 *   accuracy, which is below that of ETS and Theta, in docs/reference/forecast-lstm.md.
 * Source: Hochreiter & Schmidhuber (1997), Gers et al. (2000); truncated back-propagation with Adam; early stopping by the
 *   newest part (Prechelt 1998); smoothing before the network after Smyl (2020), International Journal of Forecasting 36(1),
 *   from which it departs: one series, α and the season are found first and not trained with the network.
 *
 * @example fitLstm(y, { m: 12 }).forecast(18, [0.8]).mean
 */
export function fitLstm(y: Float64Array, options: LstmOptions): LstmModel {
  const settled = { ...DEFAULTS, ...options };
  requireOptions(settled);
  const { m, hidden, layers } = settled;
  const series = prepareSeries(y, m);
  const all = series.values;
  if (isConstant(all) || all.length < FEWEST_VALUES) {
    const simple = fitTheta(y, { m });
    const short = isConstant(all) ? [] : [warning('too-short-for-model', { n: all.length })];
    return { ...simple, warnings: [...simple.warnings, ...short], weights: null };
  }
  const from = Math.max(0, all.length - settled.longestHistory);
  const n = all.length - from;
  // The place in the season is counted from the first value, so the stretch begins with a whole season before it.
  const values = all.subarray(from - (from % m));
  const held = Math.max(LEAST_HELD, Math.round(settled.holdBack * n));
  const holdFrom = values.length - held;
  const shape: LstmShape = { inputs: inputCount({ m }), hidden, layers };
  const smoothing = smoothingOf(seasonallyAdjust(values, m), m, holdFrom);
  const weights = weightCount(shape);
  const affordable = Math.floor(settled.maxWork / (weights * values.length));
  const trained = trainLstm({
    shape,
    ...stepsOf(values, smoothing, shape.inputs),
    skip: 1,
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
    smoothing,
    sigma: smoothing.scale * Math.sqrt(trained.loss),
    values: trained.weights,
  };
  const warnings = trained.cut ? [warning('not-converged', { iterations: trained.epochs })] : [];
  return runningModel(series, model, { epochs: trained.epochs, loss: trained.loss }, warnings);
}

/**
 * A stored network on a series, without training: what `fitLstm` gave as `weights`, in another place or on newer values.
 *
 * @param y n values, as for `fitLstm`, with the same spacing and season, from the same first value on.
 * @returns a model as `fitLstm`'s, without a training history.
 * @throws InvalidInput (`weights`) when its parts do not fit together; (`y`).
 *
 * Cost: one pass over y, O(n · hidden²).
 */
export function lstmOf(y: Float64Array, weights: LstmWeights): LstmModel {
  const { shape, smoothing, values } = weights;
  const expected = weightCount(shape);
  if (values.length !== expected || shape.inputs !== inputCount(smoothing)) {
    throw new InvalidInput('weights', `must hold ${expected} values, got ${values.length}`);
  }
  return runningModel(prepareSeries(y, smoothing.m), weights, {}, []);
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

/** Inputs of all steps, and what the outputs should be. */
function stepsOf(values: Float64Array, smoothing: Smoothing, inputs: number) {
  const n = values.length;
  const x = new Float64Array(n * inputs);
  const targets = new Float64Array(n);
  const state = stateAfterFirst(values[0]!, smoothing);
  for (let t = 1; t < n; t++) {
    writeInputs(state, smoothing, x, t * inputs);
    targets[t] = takeValue(values[t]!, state, smoothing);
  }
  return { x, targets };
}

/** Level and memory of a run over a series. */
interface RunState {
  readonly level: SmoothedState;
  readonly memory: LstmState;
}

function runningModel(
  series: PreparedSeries,
  weights: LstmWeights,
  facts: Readonly<Record<string, number>>,
  warnings: readonly SeriesWarning[],
): LstmModel {
  const { shape, smoothing, sigma } = weights;
  const { values } = series;
  const n = values.length;
  const network = createLstmNetwork(shape, 1);
  const out = new Float64Array(1);
  const inputs = new Float64Array(shape.inputs);
  /** The value that is expected next; moves the memory on. */
  const expect = ({ level, memory }: RunState): number => {
    writeInputs(level, smoothing, inputs, 0);
    network.forward(weights.values, inputs, 0, 1, memory, out);
    return valueFor(out[0]!, level, smoothing);
  };
  const copyOf = ({ level, memory }: RunState): RunState => ({
    level: { ...level },
    memory: copyState(memory),
  });
  const predictFrom = (state: RunState, h: number): Prediction => {
    const run = copyOf(state);
    const mean = new Float64Array(h);
    const deviation = new Float64Array(h);
    for (let i = 0; i < h; i++) {
      const unit = unitAt(run.level.t, smoothing);
      mean[i] = expect(run);
      deviation[i] = sigma * unit * Math.sqrt(1 + i * smoothing.alpha ** 2);
      takeValue(mean[i]!, run.level, smoothing);
    }
    return { mean, deviation };
  };

  // Training starts with the second value and an empty memory, and a step of zeros before it.
  const end: RunState = {
    level: stateAfterFirst(values[0]!, smoothing),
    memory: emptyState(shape),
  };
  network.forward(weights.values, inputs, 0, 1, end.memory, out);
  const fitted = new Float64Array(n).fill(Number.NaN);
  for (let t = 1; t < n; t++) {
    fitted[t] = expect(end);
    takeValue(values[t]!, end.level, smoothing);
  }
  const { alpha, centre, scale } = smoothing;
  const model = createFittedModel({
    name: shape.layers === 1 ? `LSTM(${shape.hidden})` : `LSTM(${shape.hidden}, ${shape.hidden})`,
    series,
    fitted,
    parameters: { ...facts, sigma, alpha, centre, scale },
    warnings,
    predict: (h) => predictFrom(end, h),
    applyTo: (next) => runningModel(prepareSeries(next, smoothing.m), weights, facts, warnings),
    follow() {
      let before = copyOf(end);
      let ahead = copyOf(before);
      let next = expect(ahead);
      return {
        expected: () => next,
        update(value) {
          takeValue(value, ahead.level, smoothing);
          before = ahead;
          ahead = copyOf(before);
          next = expect(ahead);
        },
        predict: (h) => predictFrom(before, h),
      };
    },
  });
  return { ...model, weights };
}
