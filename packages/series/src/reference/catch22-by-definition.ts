/** The catch22 features that have a fast form elsewhere, step by step as hctsa's documentation describes them. */

/** Median time of the values at or beyond each threshold 0, 0.01, …; median of those over thresholds. */
export function outlierTimingByDefinition(z: readonly number[], sign: 1 | -1): number {
  const n = z.length;
  const side = z.map((value) => sign * value);
  const thresholds = Math.floor(Math.max(...side) / 0.01) + 1;
  if (!(Math.max(...side) >= 0.01)) return 0;
  const total = side.filter((value) => value >= 0).length;
  const medians: number[] = [];
  for (let j = 0; j < thresholds; j++) {
    const times = side.flatMap((value, t) => (value >= j * 0.01 ? [t + 1] : []));
    if (j > 0 && (times.length - 1) / total <= 0.02) break;
    medians.push(median(times) / (n / 2) - 1);
  }
  return median(medians);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export function laggedProductsByDefinition(y: readonly number[], lag: number): number {
  let sum = 0;
  for (let t = 0; t + lag < y.length; t++) sum += y[t]! * y[t + lag]!;
  return sum;
}

/** First local minimum over lags 1 … 40 of −½ log(1 − r²), r the correlation of the series with itself at the lag. */
export function mutualInformationByDefinition(z: readonly number[]): number {
  const most = Math.min(40, Math.ceil(z.length / 2));
  const information: number[] = [];
  for (let lag = 1; lag <= most; lag++) {
    const r = correlation(z.slice(0, z.length - lag), z.slice(lag));
    information.push(-0.5 * Math.log(1 - r * r));
  }
  for (let i = 1; i < most - 1; i++) {
    if (information[i]! < information[i - 1]! && information[i]! < information[i + 1]!) return i;
  }
  return most;
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [x, y].map((v) => v.reduce((a, b) => a + b, 0) / v.length) as [number, number];
  let [xx, yy, xy] = [0, 0, 0];
  for (let t = 0; t < x.length; t++) {
    xx += (x[t]! - mx) ** 2;
    yy += (y[t]! - my) ** 2;
    xy += (x[t]! - mx) * (y[t]! - my);
  }
  return xy / Math.sqrt(xx * yy);
}

/** Where one straight line in the plot of log fluctuation over log scale gives way to another, as a share of the scales. */
export function fluctuationBreakByDefinition(
  z: readonly number[],
  step: number,
  spread: 'range' | 'residual',
): number {
  const n = z.length;
  const walk: number[] = [];
  for (let t = 0; t < Math.floor(n / step); t++) walk.push((walk[t - 1] ?? 0) + z[t * step]!);
  const scales = new Set<number>();
  const [low, high] = [Math.log(5), Math.log(Math.floor(n / 2))];
  for (let i = 0; i < 50; i++) scales.add(Math.round(Math.exp(low + (i * (high - low)) / 49)));
  const taus = [...scales];
  if (taus.length < 12) return 0;
  const x = taus.map(Math.log);
  const y = taus.map((tau) => {
    let sum = 0;
    const windows = Math.floor(walk.length / tau);
    for (let w = 0; w < windows; w++) {
      const rest = residuals(
        Array.from({ length: tau }, (_, i) => i),
        walk.slice(w * tau, (w + 1) * tau),
      );
      if (spread === 'range') sum += (Math.max(...rest) - Math.min(...rest)) ** 2;
      else sum += rest.reduce((a, b) => a + b * b, 0) / tau;
    }
    return Math.log(Math.sqrt(sum / windows));
  });
  let best = Number.POSITIVE_INFINITY;
  let at = 0;
  for (let i = 6; i <= taus.length - 6; i++) {
    const error =
      norm(residuals(x.slice(0, i), y.slice(0, i))) +
      norm(residuals(x.slice(i - 1), y.slice(i - 1)));
    if (error < best) {
      best = error;
      at = i;
    }
  }
  return at / taus.length;
}

function residuals(x: readonly number[], y: readonly number[]): number[] {
  const n = x.length;
  const mx = x.reduce((a, b) => a + b, 0) / n;
  const my = y.reduce((a, b) => a + b, 0) / n;
  const xx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  const xy = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return y.map((value, i) => value - my - (xy / xx) * (x[i]! - mx));
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
