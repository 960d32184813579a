import type { Breakdown } from '@kizashi/server/workspaces/sales';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { BarList } from '../../../charts/BarList.tsx';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { figureText, percentText } from '../../../ui/figure-text.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { breakdownQuery, type View } from '../queries.ts';
import { type Dimension, type Filters, filterParameters, toggled } from '../search.ts';
import { useBreakdownTable } from './use-breakdown-table.ts';

const titles = { product: 'products', country: 'countries', customer: 'customers' } as const;
const HEIGHT = 340;

/** The largest values of one dimension; pressing one filters the view by it. */
export function BreakdownPanel({
  view,
  filters,
  by,
  onChange,
}: {
  readonly view: View;
  readonly filters: Filters;
  readonly by: Dimension;
  readonly onChange: (filters: Filters) => void;
}) {
  // Not narrowed by its own filter: the other values stay in sight, to be compared and added.
  const filter = filterParameters({ ...filters, [by]: undefined });
  const breakdown = useQuery(breakdownQuery(useApi(), { ...view, filter }, by));
  return (
    <QueryState query={breakdown} height={HEIGHT + 80}>
      {(data) => <BreakdownChart data={data} by={by} filters={filters} onChange={onChange} />}
    </QueryState>
  );
}

function BreakdownChart({
  data,
  by,
  filters,
  onChange,
}: {
  readonly data: Breakdown;
  readonly by: Dimension;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}) {
  const { t } = useTranslation('sales');
  const style = useFigureStyle('money');
  const table = useBreakdownTable(data, by);
  const chosen = filters[by] ?? [];
  const bars = useMemo(
    () =>
      data.items.map((item) => ({
        key: item.key,
        label: item.label,
        size: item.revenue,
        value: figureText(item.revenue, style),
        note: percentText(item.share, style.language),
        selected: chosen.includes(item.key),
      })),
    [data, style, chosen],
  );
  const title = t(`home.${titles[by]}`);
  return (
    <ChartFrame title={title} table={table} fileName={`kizashi-${by}`} height={HEIGHT}>
      {() =>
        bars.length === 0 ? (
          <Text c="dimmed">{t('home.noSales')}</Text>
        ) : (
          <BarList
            bars={bars}
            label={title}
            onPick={(key) => onChange(toggled(filters, by, key))}
            pickLabel={({ label, selected }) =>
              t(selected ? 'home.notOnlyThis' : 'home.onlyThis', { name: label })
            }
          />
        )
      }
    </ChartFrame>
  );
}
