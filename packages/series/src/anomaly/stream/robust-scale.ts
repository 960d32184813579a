import { createQuantileSketch } from './quantile-sketch.ts';

/** Brings values of any unit to a common scale and back. */
export interface RobustScale {
  /** Learns the value and gives it on the common scale, within ±36. */
  take(value: number): number;
  /** On the scale of the last value taken, without learning. */
  to(value: number): number;
  /** Back in the unit of the values; finite. */
  from(z: number): number;
}

/** Values are learnt anew so often; at first every time. */
const EVERY = 32;
const FIRST = 64;
/** asinh of more than this is cut off: beyond it only the sign matters. */
const LARGEST = 1e15;
/** The middle eight tenths of the values lie within about ±asinh(1.5). */
const STRETCH = 3;

/**
 * asinh of the distance from the median in units of a third of the range of the middle eight tenths: linear in the middle,
 * logarithmic outside, so that a burst a thousand times the usual size does not hide one of ten times.
 *
 * Where those eight tenths are equal the middle 98 % count, and where they are too, rounding.
 *
 * @see createQuantileSketch for the memory.
 */
export function createRobustScale(): RobustScale {
  const sketch = createQuantileSketch();
  let centre = 0;
  let unit = 1;
  const to = (value: number) => {
    const ratio = value / unit - centre / unit;
    return Math.asinh(Math.max(-LARGEST, Math.min(LARGEST, ratio)));
  };
  return {
    take(value) {
      sketch.add(value);
      if (sketch.n <= FIRST || sketch.n % EVERY === 0) {
        centre = sketch.quantile(0.5);
        let range = sketch.quantile(0.9) - sketch.quantile(0.1);
        if (!(range > 0)) range = sketch.quantile(0.99) - sketch.quantile(0.01);
        unit = Math.max(range, 1e-9 * Math.abs(centre), 1e-150) / STRETCH;
      }
      return to(value);
    },
    to,
    from(z) {
      return clamp(Math.sinh(z) * unit + centre);
    },
  };
}

function clamp(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
