import { chooseBucket, isoDate, previousPeriod } from '@kizashi/series';
import type { Analytics } from '../../core/analytics/analytics.ts';
import { kpiIds, type Overview } from './contract.ts';
import { figuresWithTrend } from './figures.ts';
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
  const calendar = { bucket: chooseBucket(span), weekStartsOn };
  const figures = await figuresWithTrend(analytics, span, before, filters, calendar);
  const t = figures.trend.starts.map(isoDate);
  return {
    period: isoPeriod(span),
    previous: isoPeriod(before),
    kpis: kpiIds.map((id) => {
      const { unit, higherIsBetter, of } = salesMeasures[id];
      const value = of(figures.current);
      const previous = of(figures.previous);
      const change = relativeChange(value, previous);
      return {
        id,
        unit,
        value,
        previous,
        change,
        higherIsBetter,
        trend: { t, y: figures.trend.figures.map(of) },
      };
    }),
    version,
  };
}

function isoPeriod({ from, to }: DaySpan): { from: string; to: string } {
  return { from: isoDate(from), to: isoDate(to) };
}
