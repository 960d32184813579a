/**
 * What the network sees of a series, and what it is to predict: the change from one season ago, in deviations. Untrained it
 * predicts no change, which is the seasonal naive forecast.
 */
export interface ChangeScale {
  /** Season length, for the place within it. */
  readonly m: number;
  /** Steps between a value and the one it is compared with: m, or 1 where the series is too short for seasons. */
  readonly lag: number;
  readonly centre: number;
  readonly scale: number;
}

/** Numbers a step: the last change, that of one season ago, and the place in the season on a circle. */
export function inputCount({ m, lag }: Pick<ChangeScale, 'm' | 'lag'>): number {
  return 1 + Number(lag > 1) + 2 * Number(m > 1);
}

/** Mean and deviation of the changes up to `end`; a deviation of 1 where there is none. */
export function scaleOfChanges(
  values: Float64Array,
  m: number,
  lag: number,
  end: number,
): ChangeScale {
  const count = Math.max(1, end - lag);
  let centre = 0;
  for (let t = lag; t < end; t++) centre += (values[t]! - values[t - lag]!) / count;
  let squares = 0;
  for (let t = lag; t < end; t++) squares += (values[t]! - values[t - lag]! - centre) ** 2 / count;
  return { m, lag, centre, scale: Math.sqrt(squares) || 1 };
}

/** The scaled change at t. */
export function changeAt(
  values: ArrayLike<number>,
  t: number,
  { lag, centre, scale }: ChangeScale,
): number {
  return t < lag ? 0 : (values[t]! - values[t - lag]! - centre) / scale;
}

/** The value at t that a scaled change means. */
export function valueAt(
  values: ArrayLike<number>,
  t: number,
  change: number,
  { lag, centre, scale }: ChangeScale,
): number {
  return values[t - lag]! + centre + scale * change;
}

/**
 * Writes the inputs for predicting the value at t from those before it.
 *
 * @param start index of values[0] in the whole series, for its place in the season.
 */
export function writeInputs(
  values: ArrayLike<number>,
  t: number,
  changes: ChangeScale,
  out: Float64Array,
  at: number,
  start: number,
): void {
  const { m, lag } = changes;
  let i = at;
  out[i++] = changeAt(values, t - 1, changes);
  if (lag > 1) out[i++] = changeAt(values, t - lag, changes);
  if (m > 1) {
    const angle = (2 * Math.PI * ((start + t) % m)) / m;
    out[i++] = Math.sin(angle);
    out[i] = Math.cos(angle);
  }
}
