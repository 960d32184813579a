import type { Overview } from '@kizashi/server/workspaces/sales';

type Kpi = Pick<
  Overview['kpis'][number],
  'unit' | 'value' | 'previous' | 'change' | 'higherIsBetter'
>;

export interface Change {
  readonly direction: 'up' | 'down' | 'same';
  /** Whether that is welcome; a figure that did not move is neither. */
  readonly news: 'good' | 'bad' | 'none';
  /** A fraction of the value before or, for rates, the difference: 0.02 is two percentage points. */
  readonly size: number;
  readonly inPoints: boolean;
}

/**
 * How a figure moved against the period before. Rates are compared in percentage points: a returns rate that goes from
 * 1 % to 2 % rose by one point, and “+100 %” would mislead. null when there is nothing to compare with.
 */
export function kpiChange(kpi: Kpi): Change | null {
  const inPoints = kpi.unit === 'ratio';
  const size = inPoints ? difference(kpi) : kpi.change;
  if (size === null) return null;
  if (size === 0) return { direction: 'same', news: 'none', size, inPoints };
  const up = size > 0;
  return {
    direction: up ? 'up' : 'down',
    news: up === kpi.higherIsBetter ? 'good' : 'bad',
    size,
    inPoints,
  };
}

function difference({ value, previous }: Kpi): number | null {
  return value === null || previous === null ? null : value - previous;
}
