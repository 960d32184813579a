import type { Breakdown } from '@kizashi/server/workspaces/sales';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import type { ChartCell, ChartTable } from '../../../charts/chart-table.ts';
import { exactText, type FigureUnit } from '../../../ui/figure-text.ts';
import type { BreakdownBy } from '../queries.ts';

/** A breakdown as a table: code, name, revenue now and before, its change, orders, units and share. */
export function useBreakdownTable(data: Breakdown, by: BreakdownBy): ChartTable {
  const { t } = useTranslation('sales');
  const money = useFigureStyle('money');
  return useMemo(() => {
    const number = (unit: FigureUnit) => ({
      numeric: true,
      text: (cell: ChartCell) => exactText(cell as number | null, { ...money, unit }),
    });
    const plain = { numeric: false, text: String };
    return {
      columns: [
        { key: 'key', title: t('column.code'), ...plain },
        { key: 'label', title: t(`column.${by}`), ...plain },
        { key: 'revenue', title: t('column.revenue'), ...number('money') },
        { key: 'previous', title: t('column.previousRevenue'), ...number('money') },
        { key: 'change', title: t('column.change'), ...number('ratio') },
        { key: 'orders', title: t('column.orders'), ...number('count') },
        { key: 'units', title: t('column.units'), ...number('number') },
        { key: 'share', title: t('column.share'), ...number('ratio') },
      ],
      rows: data.items.map((item) => [
        item.key,
        item.label,
        item.revenue,
        item.previousRevenue,
        item.previousRevenue === 0 ? null : item.revenue / item.previousRevenue - 1,
        item.orders,
        item.units,
        item.share,
      ]),
    };
  }, [data, by, money, t]);
}
