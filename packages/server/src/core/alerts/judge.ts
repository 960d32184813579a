import type { CheckedPoint } from '../forecast/forecasts.ts';
import type { Condition } from './tables.ts';

export interface Verdict {
  readonly fires: boolean;
  /** What was allowed: the threshold, or the interval; null where that side has no bound. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Holds one point against a condition. A missing value, or one that nothing was expected of, never fires. */
export function judge(point: CheckedPoint, condition: Condition): Verdict {
  if (condition.type === 'threshold') {
    const { direction, value } = condition;
    const fires = point.y !== null && (direction === 'above' ? point.y > value : point.y < value);
    return direction === 'above'
      ? { fires, lower: null, upper: value }
      : { fires, lower: value, upper: null };
  }
  const { expected, y } = point;
  if (expected === null) return { fires: false, lower: null, upper: null };
  const { lower, upper } = expected;
  const { direction } = condition;
  const fires =
    y !== null && ((direction !== 'below' && y > upper) || (direction !== 'above' && y < lower));
  return { fires, lower, upper };
}
