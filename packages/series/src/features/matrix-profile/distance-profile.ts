import { CONSTANT, MISSING, type PreparedProfile } from './prepare.ts';
import { covarianceOf } from './slice.ts';

/**
 * z-normalised distances of one window to every window, itself (0) and near ones included; Infinity to windows with a missing
 * value.
 *
 * Cost: O(n·m). Compare: STUMPY 1.13 `mass`.
 */
export function distanceProfile(prepared: PreparedProfile, query: number): Float64Array {
  const { count, window, kind, inverse } = prepared;
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (kind[i] === MISSING || kind[query] === MISSING) out[i] = Number.POSITIVE_INFINITY;
    else if (kind[i] === CONSTANT || kind[query] === CONSTANT) {
      out[i] = kind[i] === kind[query] ? 0 : Math.sqrt(window);
    } else {
      const correlation = covarianceOf(prepared, i, query) * inverse[i]! * inverse[query]!;
      out[i] = Math.sqrt(Math.max(0, 2 * window * (1 - correlation)));
    }
  }
  if (kind[query] !== MISSING) out[query] = 0;
  return out;
}
