/** A point of a line search. */
export interface Trial {
  readonly step: number;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
  /** Derivative along the direction. */
  readonly slope: number;
}

/** What a line search is told of the function: its value and slope at a step, and at the start. */
export interface Line {
  readonly at: (step: number) => Trial;
  readonly value: number;
  /** Below 0. */
  readonly slope: number;
}

/** Nocedal & Wright's usual constants for quasi-Newton methods (section 3.1). */
const ENOUGH_GAIN = 1e-4;
const FLAT_ENOUGH = 0.9;
const MOST_WIDENINGS = 20;
const MOST_NARROWINGS = 100;

interface End {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * A step that gains enough and where the slope has become flat enough (strong Wolfe conditions).
 *
 * @param first the first step to try; ten times longer ones follow until a minimum is enclosed. Values that are not finite
 *   halve the step.
 * @returns null when there is none, as at a kink.
 *
 * Source: Nocedal & Wright (2006), algorithms 3.5 and 3.6, with cubic interpolation (3.59) and every fifth point in the middle.
 */
export function wolfeStep(line: Line, first: number): Trial | null {
  let before: End = { step: 0, value: line.value, slope: line.slope };
  let step = first;
  let widenings = 0;
  for (let tries = 0; tries < 2 * MOST_WIDENINGS; tries++) {
    const trial = line.at(step);
    if (!Number.isFinite(trial.value)) {
      step = (before.step + step) / 2;
      continue;
    }
    const worse = widenings > 0 && trial.value >= before.value;
    if (!gainsEnough(line, trial) || worse) return narrow(line, before, trial);
    if (isFlat(line, trial)) return trial;
    if (trial.slope >= 0) return narrow(line, trial, before);
    if (++widenings === MOST_WIDENINGS) return null;
    before = trial;
    step *= 10;
  }
  return null;
}

/** Algorithm 3.6: `low` is the best end so far, and the minimum lies between the two. */
function narrow(line: Line, best: End, other: End): Trial | null {
  let low = best;
  let high = other;
  for (let round = 1; round <= MOST_NARROWINGS; round++) {
    if (Math.abs(low.step - high.step) < 1e-16) return null;
    const trial = line.at(round % 5 === 0 ? (low.step + high.step) / 2 : between(low, high));
    if (!gainsEnough(line, trial) || !(trial.value < low.value)) {
      high = trial;
      continue;
    }
    if (isFlat(line, trial)) return trial;
    if (trial.slope * (high.step - low.step) >= 0) high = low;
    low = trial;
  }
  return null;
}

function gainsEnough({ value, slope }: Line, trial: Trial): boolean {
  return trial.value <= value + ENOUGH_GAIN * trial.step * slope;
}

function isFlat({ slope }: Line, trial: Trial): boolean {
  return Math.abs(trial.slope) <= -FLAT_ENOUGH * slope;
}

/** Minimum of the cubic through both ends, unless it lies at one of them. */
function between(low: End, high: End): number {
  const width = high.step - low.step;
  const d1 = low.slope + high.slope - (3 * (high.value - low.value)) / width;
  const d2 = Math.sign(width) * Math.sqrt(d1 * d1 - low.slope * high.slope);
  const step = high.step - (width * (high.slope + d2 - d1)) / (high.slope - low.slope + 2 * d2);
  const margin = 0.01 * Math.abs(width);
  const least = Math.min(low.step, high.step) + margin;
  const most = Math.max(low.step, high.step) - margin;
  return step >= least && step <= most ? step : (low.step + high.step) / 2;
}
