/** Distances of every window to its nearest earlier and later window, each pair standardised and compared by itself. */
export interface NearestWindows {
  readonly left: readonly { readonly distance: number; readonly index: number }[];
  readonly right: readonly { readonly distance: number; readonly index: number }[];
}

export function matrixProfileByDefinition(y: readonly number[], m: number): NearestWindows {
  const shapes = Array.from({ length: Math.max(0, y.length - m + 1) }, (_, i) =>
    standardised(y.slice(i, i + m)),
  );
  const nearest = (i: number, others: readonly number[]) => {
    let best = { distance: Number.POSITIVE_INFINITY, index: -1 };
    for (const j of others) {
      const distance = distanceBetween(shapes[i], shapes[j], m);
      if (distance < best.distance) best = { distance, index: j };
    }
    return best;
  };
  const zone = Math.ceil(m / 4);
  // From near to far, so that of equally near ones the nearest in time is found first.
  const earlier = (i: number) =>
    shapes
      .map((_, j) => j)
      .slice(0, Math.max(0, i - zone))
      .reverse();
  const later = (i: number) => shapes.map((_, j) => j).slice(i + zone + 1);
  return {
    left: shapes.map((_, i) => nearest(i, earlier(i))),
    right: shapes.map((_, i) => nearest(i, later(i))),
  };
}

/** z-normalised Euclidean distance of two windows of m values. */
export function windowDistance(a: readonly number[], b: readonly number[]): number {
  return distanceBetween(standardised(a), standardised(b), a.length);
}

type Shape = readonly number[] | 'constant' | undefined;

function standardised(values: readonly number[]): Shape {
  if (!values.every(Number.isFinite)) return undefined;
  if (values.every((value) => value === values[0])) return 'constant';
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / sd);
}

function distanceBetween(a: Shape, b: Shape, m: number): number {
  if (a === undefined || b === undefined) return Number.POSITIVE_INFINITY;
  if (a === 'constant' || b === 'constant') return a === b ? 0 : Math.sqrt(m);
  return Math.sqrt(a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0));
}
