/**
 * One stage of a Fourier transform by decimation in frequency, in Stockham's order (no bit reversal): the data are read as
 * `before` blocks of `radix` rows of `after` values, every column of `radix` values is transformed, turned, and written to
 * where the next stage reads it. Source: Van Loan, Computational Frameworks for the Fast Fourier Transform (1992), 1.7, 2.3.
 */
export interface Stage {
  readonly radix: number;
  /** Product of the radices of the stages before. */
  readonly before: number;
  /** Product of the radices of the stages after. */
  readonly after: number;
  /** exp(−2πi j t / (radix · after)) at [(j − 1) · after + t], j = 1 … radix − 1. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** Real and imaginary parts of n complex values. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Transforms n complex values, unscaled: reads `from`, leaves it, writes `to`. */
export type FourierPlan = (from: Complex, to: Complex) => void;

export function stageOfTwo({ before, after, cos, sin }: Stage, from: Complex, to: Complex): void {
  const { re: xr, im: xi } = from;
  const { re: yr, im: yi } = to;
  const far = before * after;
  for (let k = 0; k < before; k++) {
    for (let t = 0; t < after; t++) {
      const a = 2 * k * after + t;
      const b = a + after;
      const out = k * after + t;
      const dr = xr[a]! - xr[b]!;
      const di = xi[a]! - xi[b]!;
      yr[out] = xr[a]! + xr[b]!;
      yi[out] = xi[a]! + xi[b]!;
      const c = cos[t]!;
      const s = sin[t]!;
      yr[out + far] = dr * c - di * s;
      yi[out + far] = dr * s + di * c;
    }
  }
}

const SIN_60 = Math.sqrt(3) / 2;

export function stageOfThree({ before, after, cos, sin }: Stage, from: Complex, to: Complex): void {
  const { re: xr, im: xi } = from;
  const { re: yr, im: yi } = to;
  const far = before * after;
  for (let k = 0; k < before; k++) {
    for (let t = 0; t < after; t++) {
      const a = 3 * k * after + t;
      const b = a + after;
      const c = b + after;
      const out = k * after + t;
      const sumRe = xr[b]! + xr[c]!;
      const sumIm = xi[b]! + xi[c]!;
      const midRe = xr[a]! - sumRe / 2;
      const midIm = xi[a]! - sumIm / 2;
      const turnRe = SIN_60 * (xi[b]! - xi[c]!);
      const turnIm = SIN_60 * (xr[c]! - xr[b]!);
      yr[out] = xr[a]! + sumRe;
      yi[out] = xi[a]! + sumIm;
      turn(yr, yi, out + far, midRe + turnRe, midIm + turnIm, cos[t]!, sin[t]!);
      const u = after + t;
      turn(yr, yi, out + 2 * far, midRe - turnRe, midIm - turnIm, cos[u]!, sin[u]!);
    }
  }
}

export function stageOfFour({ before, after, cos, sin }: Stage, from: Complex, to: Complex): void {
  const { re: xr, im: xi } = from;
  const { re: yr, im: yi } = to;
  const far = before * after;
  for (let k = 0; k < before; k++) {
    for (let t = 0; t < after; t++) {
      const a = 4 * k * after + t;
      const b = a + after;
      const c = b + after;
      const d = c + after;
      const out = k * after + t;
      const acRe = xr[a]! + xr[c]!;
      const acIm = xi[a]! + xi[c]!;
      const amcRe = xr[a]! - xr[c]!;
      const amcIm = xi[a]! - xi[c]!;
      const bdRe = xr[b]! + xr[d]!;
      const bdIm = xi[b]! + xi[d]!;
      const bmdRe = xr[b]! - xr[d]!;
      const bmdIm = xi[b]! - xi[d]!;
      yr[out] = acRe + bdRe;
      yi[out] = acIm + bdIm;
      turn(yr, yi, out + far, amcRe + bmdIm, amcIm - bmdRe, cos[t]!, sin[t]!);
      const u = after + t;
      turn(yr, yi, out + 2 * far, acRe - bdRe, acIm - bdIm, cos[u]!, sin[u]!);
      const v = u + after;
      turn(yr, yi, out + 3 * far, amcRe - bmdIm, amcIm + bmdRe, cos[v]!, sin[v]!);
    }
  }
}

const COS_72 = (Math.sqrt(5) - 1) / 4;
const COS_144 = -(Math.sqrt(5) + 1) / 4;
const SIN_72 = Math.sqrt(10 + 2 * Math.sqrt(5)) / 4;
const SIN_144 = Math.sqrt(10 - 2 * Math.sqrt(5)) / 4;

export function stageOfFive({ before, after, cos, sin }: Stage, from: Complex, to: Complex): void {
  const { re: xr, im: xi } = from;
  const { re: yr, im: yi } = to;
  const far = before * after;
  for (let k = 0; k < before; k++) {
    for (let t = 0; t < after; t++) {
      const a = 5 * k * after + t;
      const b = a + after;
      const c = b + after;
      const d = c + after;
      const e = d + after;
      const out = k * after + t;
      const ar = xr[a]!;
      const ai = xi[a]!;
      const beRe = xr[b]! + xr[e]!;
      const beIm = xi[b]! + xi[e]!;
      const cdRe = xr[c]! + xr[d]!;
      const cdIm = xi[c]! + xi[d]!;
      const bmeRe = xr[b]! - xr[e]!;
      const bmeIm = xi[b]! - xi[e]!;
      const cmdRe = xr[c]! - xr[d]!;
      const cmdIm = xi[c]! - xi[d]!;
      const nearRe = ar + COS_72 * beRe + COS_144 * cdRe;
      const nearIm = ai + COS_72 * beIm + COS_144 * cdIm;
      const awayRe = ar + COS_144 * beRe + COS_72 * cdRe;
      const awayIm = ai + COS_144 * beIm + COS_72 * cdIm;
      const nearTurnRe = SIN_72 * bmeIm + SIN_144 * cmdIm;
      const nearTurnIm = -SIN_72 * bmeRe - SIN_144 * cmdRe;
      const awayTurnRe = SIN_144 * bmeIm - SIN_72 * cmdIm;
      const awayTurnIm = SIN_72 * cmdRe - SIN_144 * bmeRe;
      yr[out] = ar + beRe + cdRe;
      yi[out] = ai + beIm + cdIm;
      turn(yr, yi, out + far, nearRe + nearTurnRe, nearIm + nearTurnIm, cos[t]!, sin[t]!);
      const u = after + t;
      turn(yr, yi, out + 2 * far, awayRe + awayTurnRe, awayIm + awayTurnIm, cos[u]!, sin[u]!);
      const v = u + after;
      turn(yr, yi, out + 3 * far, awayRe - awayTurnRe, awayIm - awayTurnIm, cos[v]!, sin[v]!);
      const w = v + after;
      turn(yr, yi, out + 4 * far, nearRe - nearTurnRe, nearIm - nearTurnIm, cos[w]!, sin[w]!);
    }
  }
}

/** y[at] = (re + i im) · (c + i s). */
function turn(
  yr: Float64Array,
  yi: Float64Array,
  at: number,
  re: number,
  im: number,
  c: number,
  s: number,
): void {
  yr[at] = re * c - im * s;
  yi[at] = re * s + im * c;
}

/** A stage of any radix, given how one column of that many values is transformed in place. */
export function stageOfAny(
  { radix, before, after, cos, sin }: Stage,
  from: Complex,
  to: Complex,
  column: Complex,
  transformColumn: (column: Complex) => void,
): void {
  const far = before * after;
  for (let k = 0; k < before; k++) {
    for (let t = 0; t < after; t++) {
      const first = radix * k * after + t;
      for (let j = 0; j < radix; j++) {
        column.re[j] = from.re[first + j * after]!;
        column.im[j] = from.im[first + j * after]!;
      }
      transformColumn(column);
      const out = k * after + t;
      to.re[out] = column.re[0]!;
      to.im[out] = column.im[0]!;
      for (let j = 1; j < radix; j++) {
        const u = (j - 1) * after + t;
        turn(to.re, to.im, out + j * far, column.re[j]!, column.im[j]!, cos[u]!, sin[u]!);
      }
    }
  }
}
