import { weekdayLabel } from '@kizashi/series';
import type { Breakdown } from '@kizashi/server/workspaces/sales';
import { Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { figureText, type Language } from '../../../ui/figure-text.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { breakdownQuery, type View } from '../queries.ts';
import classes from './home.module.css';
import { useBreakdownTable } from './use-breakdown-table.ts';

const titles = { weekday: 'weekdays', hour: 'hours' } as const;
const counts = { weekday: 7, hour: 24 } as const;
const HEIGHT = 104;
type Pattern = keyof typeof titles;

/** When people buy: revenue by day of the week, or by hour of the day. */
export function PatternPanel({ view, by }: { readonly view: View; readonly by: Pattern }) {
  const breakdown = useQuery(breakdownQuery(useApi(), view, by, counts[by]));
  return (
    <QueryState query={breakdown} height={HEIGHT + 80}>
      {(data) => <PatternChart data={data} by={by} />}
    </QueryState>
  );
}

function PatternChart({ data, by }: { readonly data: Breakdown; readonly by: Pattern }) {
  const { t } = useTranslation('sales');
  const style = useFigureStyle('money');
  const named = useMemo(() => inOrder(data, by, style.language), [data, by, style.language]);
  const table = useBreakdownTable(named, by);
  const highest = Math.max(...named.items.map((item) => item.revenue), 1);
  const title = t(`home.${titles[by]}`);
  return (
    <ChartFrame title={title} table={table} fileName={`kizashi-${by}`} height={HEIGHT + 20}>
      {() =>
        data.items.length === 0 ? (
          <Text c="dimmed">{t('home.noSales')}</Text>
        ) : (
          <ol className={classes.columns} aria-label={title}>
            {named.items.map((item, i) => {
              const text = `${item.label}: ${figureText(item.revenue, style)}`;
              return (
                <Tooltip key={item.key} label={text}>
                  <li className={classes.column}>
                    <span
                      className={classes.columnBar}
                      role="img"
                      aria-label={text}
                      style={{ height: (HEIGHT * Math.max(item.revenue, 0)) / highest }}
                    />
                    <span className={classes.columnName} aria-hidden="true">
                      {by === 'hour' && i % 3 !== 0 ? '\u00A0' : item.label}
                    </span>
                  </li>
                </Tooltip>
              );
            })}
          </ol>
        )
      }
    </ChartFrame>
  );
}

/** All slots of the pattern in their own order, Monday first; those without sales are zero. */
function inOrder(data: Breakdown, by: Pattern, language: Language): Breakdown {
  const byKey = new Map(data.items.map((item) => [Number(item.key), item]));
  const items = Array.from({ length: counts[by] }, (_, slot) => ({
    ...(byKey.get(slot) ?? { revenue: 0, previousRevenue: 0, orders: 0, units: 0, share: 0 }),
    key: String(slot),
    label: by === 'weekday' ? weekdayLabel((slot + 1) % 7, language) : `${slot}:00`,
  }));
  return { ...data, items };
}
