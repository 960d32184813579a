/** Share of customers who have returned by each position of their own law: a Kaplan–Meier curve, ascending. */
export interface ReturnCurve {
  readonly position: Float64Array;
  readonly share: Float64Array;
}

/**
 * @param outcomes where each customer stood on the scale of his law when he returned, or was last seen without.
 * Source: Kaplan & Meier (1958), JASA 53; straight between its steps.
 */
export function returnCurve(
  outcomes: readonly { readonly position: number; readonly returned: boolean }[],
): ReturnCurve {
  const sorted = outcomes.toSorted((a, b) => a.position - b.position);
  const position: number[] = [];
  const share: number[] = [];
  let away = 1;
  for (let i = 0; i < sorted.length; ) {
    const here = sorted[i]!.position;
    const present = sorted.length - i;
    let returned = 0;
    for (; i < sorted.length && sorted[i]!.position === here; i++) {
      if (sorted[i]!.returned) returned++;
    }
    if (returned === 0) continue;
    away *= 1 - returned / present;
    position.push(here);
    share.push(1 - away);
  }
  return { position: Float64Array.from(position), share: Float64Array.from(share) };
}

/** Share returned by a position; that of the last return behind it. */
export function returnShare({ position, share }: ReturnCurve, at: number): number {
  return interpolated(position, share, at);
}

/** Position by which a share has returned; that of the last return where it never was reached. */
export function returnPosition({ position, share }: ReturnCurve, wanted: number): number {
  return interpolated(share, position, wanted);
}

/** Straight lines through (0, 0) and the given points; level behind the last. */
function interpolated(x: Float64Array, y: Float64Array, at: number): number {
  const n = x.length;
  if (n === 0 || at <= 0) return 0;
  if (at >= x[n - 1]!) return y[n - 1]!;
  let low = -1;
  let high = n - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  const x0 = low < 0 ? 0 : x[low]!;
  const y0 = low < 0 ? 0 : y[low]!;
  return y0 + ((at - x0) / (x[high]! - x0)) * (y[high]! - y0);
}
