import { chooseBucket, isoDate, previousPeriod } from '@kizashi/series';
import type { Analytics } from '../../core/analytics/analytics.ts';
import { kpiIds, type Overview } from './contract.ts';
import { figureSeries, totalFigures } from './figures.ts';
import type { SalesFilters } from './filters.ts';
import { relativeChange, salesMeasures } from './kpi.ts';
import type { DaySpan } from './store/statement.ts';

/** The eight figures of Home for a period, beside the same number of days directly before it. */
export async function salesOverview(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
  weekStartsOn: 1 | 7,
): Promise<Overview> {
  const version = analytics.version();
  const before = previousPeriod(span);
  const [now, then, trend] = await Promise.all([
    totalFigures(analytics, span, filters),
    totalFigures(analytics, before, filters),
    figureSeries(analytics, span, filters, chooseBucket(span), weekStartsOn),
  ]);
  const t = trend.starts.map(isoDate);
  return {
    period: isoPeriod(span),
    previous: isoPeriod(before),
    kpis: kpiIds.map((id) => {
      const { unit, higherIsBetter, of } = salesMeasures[id];
      const value = of(now);
      const previous = of(then);
      const change = relativeChange(value, previous);
      return {
        id,
        unit,
        value,
        previous,
        change,
        higherIsBetter,
        trend: { t, y: trend.figures.map(of) },
      };
    }),
    version,
  };
}

function isoPeriod({ from, to }: DaySpan): { from: string; to: string } {
  return { from: isoDate(from), to: isoDate(to) };
}
