import { isoDate } from '@kizashi/series';
import type { Analytics } from '../../core/analytics/analytics.ts';
import type { Measure } from '../../core/measures/measure.ts';
import type { OrganisationSettings } from '../../core/settings/settings.ts';
import { salesDimensions } from './contract.ts';
import { figureSeries } from './figures.ts';
import { noFilters } from './filters.ts';
import { salesMeasures } from './kpi.ts';
import { parsePeriod } from './period.ts';
import { dataRange } from './store/dimensions.ts';

/** Every sales figure as a measure `sales.<id>` that the core can chart, forecast and alert on. */
export function createSalesMeasures({
  analytics,
  settings,
}: {
  analytics: Analytics;
  settings: OrganisationSettings;
}): Measure[] {
  return Object.entries(salesMeasures).map(([id, { title, unit, nonNegative, of }]) => ({
    id: `sales.${id}`,
    title,
    unit,
    nonNegative,
    permission: 'sales.read',
    dimensions: salesDimensions,
    async range() {
      const { from, to } = await dataRange(analytics);
      if (from === null || to === null) return undefined;
      return { from: isoDate(from), to: isoDate(to) };
    },
    async series(query) {
      const { weekStartsOn } = await settings.get();
      const series = await figureSeries(
        analytics,
        parsePeriod(query),
        { ...noFilters, ...query.filters },
        { bucket: query.bucket, weekStartsOn },
      );
      return { t: series.starts.map(isoDate), y: series.figures.map(of) };
    },
  }));
}
