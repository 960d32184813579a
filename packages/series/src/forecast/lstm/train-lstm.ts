import { createAdam } from '../../math/adam.ts';
import { createRandom } from '../../math/random.ts';
import {
  createLstmNetwork,
  emptyState,
  type LstmShape,
  startingWeights,
  weightCount,
} from './lstm-network.ts';

export interface Training {
  readonly shape: LstmShape;
  /** Inputs of all steps. */
  readonly x: Float64Array;
  /** What the outputs should be; the first `skip` do not count. */
  readonly targets: Float64Array;
  readonly skip: number;
  /** Steps from here on are not learned from: they say when to stop. */
  readonly holdFrom: number;
  readonly window: number;
  readonly rate: number;
  readonly patience: number;
  readonly maxEpochs: number;
  readonly seed: number;
  readonly shouldStop?: (progress: { readonly epoch: number; readonly loss: number }) => boolean;
}

export interface Trained {
  readonly weights: Float64Array;
  /** Mean squared error over the steps held back, in deviations. */
  readonly loss: number;
  readonly epochs: number;
  /** True when the last epoch was ended by the limit or by `shouldStop`, not by patience. */
  readonly cut: boolean;
}

/** Longer gradients are shortened to this (Pascanu et al. 2013); steep places of the loss would throw the weights far off. */
const LONGEST_GRADIENT = 1;

/**
 * Trains on windows in order of time, the memory carried from one to the next, the first one of a random length in each epoch.
 * After an epoch the whole series is run through; the weights of the epoch with the smallest error over the newest part win.
 */
export function trainLstm(training: Training): Trained {
  const { shape, x, targets, skip, holdFrom, window, patience, maxEpochs, shouldStop } = training;
  const n = targets.length;
  const random = createRandom(training.seed);
  const weights = startingWeights(shape, random);
  const network = createLstmNetwork(shape, window);
  const gradient = new Float64Array(weightCount(shape));
  const slopes = new Float64Array(window);
  const out = new Float64Array(n);
  const adam = createAdam(weights.length, training.rate);
  let best = weights.slice();
  let least = lossOfRest();
  let since = 0;
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    learn(1 + Math.floor(random() * window));
    const loss = lossOfRest();
    if (loss < least) {
      least = loss;
      best = weights.slice();
      since = 0;
    } else if (++since >= patience) {
      return { weights: best, loss: least, epochs: epoch, cut: false };
    }
    if (shouldStop?.({ epoch, loss: least })) {
      return { weights: best, loss: least, epochs: epoch, cut: true };
    }
  }
  return { weights: best, loss: least, epochs: maxEpochs, cut: true };

  function learn(firstWindow: number): void {
    const state = emptyState(shape);
    let from = 0;
    let count = Math.min(firstWindow, holdFrom);
    while (from < holdFrom) {
      network.forward(weights, x, from, count, state, out);
      for (let i = 0; i < count; i++) {
        slopes[i] = from + i < skip ? 0 : (out[from + i]! - targets[from + i]!) / count;
      }
      network.backward(weights, slopes, gradient);
      shorten(gradient);
      adam(weights, gradient);
      from += count;
      count = Math.min(window, holdFrom - from);
    }
  }

  function lossOfRest(): number {
    const state = emptyState(shape);
    for (let from = 0; from < n; from += window) {
      network.forward(weights, x, from, Math.min(window, n - from), state, out);
    }
    let sum = 0;
    for (let t = holdFrom; t < n; t++) sum += (out[t]! - targets[t]!) ** 2;
    return sum / (n - holdFrom);
  }
}

function shorten(gradient: Float64Array): void {
  let squares = 0;
  for (const value of gradient) squares += value * value;
  const length = Math.sqrt(squares);
  if (!(length > LONGEST_GRADIENT)) return;
  const share = LONGEST_GRADIENT / length;
  for (let i = 0; i < gradient.length; i++) gradient[i]! *= share;
}
