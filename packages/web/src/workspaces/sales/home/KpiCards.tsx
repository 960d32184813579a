import type { Overview } from '@kizashi/server/workspaces/sales';
import { ActionIcon, Anchor, Popover, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { Sparkline } from '../../../charts/Sparkline.tsx';
import { figureText } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { overviewQuery, type View } from '../queries.ts';
import classes from './home.module.css';
import { KpiChange } from './KpiChange.tsx';

type Kpi = Overview['kpis'][number];

/** The eight key figures of a period. `since` is the first day with data. */
export function KpiCards({ view, since }: { readonly view: View; readonly since: string }) {
  const { t } = useTranslation('sales');
  const overview = useQuery(overviewQuery(useApi(), view));
  if (overview.isPending) return <KpiSkeletons />;
  return (
    <QueryState query={overview}>
      {({ kpis, previous }) => (
        <section aria-label={t('home.figures')}>
          <ul className={classes.cards}>
            {kpis.map((kpi) => (
              <li key={kpi.id} className={classes.card}>
                <KpiCard kpi={kpi} view={view} comparable={previous.from >= since} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </QueryState>
  );
}

function KpiCard({
  kpi,
  view,
  comparable,
}: {
  readonly kpi: Kpi;
  readonly view: View;
  /** Whether the period before lies wholly inside the data. */
  readonly comparable: boolean;
}) {
  const { t } = useTranslation('sales');
  const style = useFigureStyle(kpi.unit);
  return (
    <>
      <div className={classes.cardName}>
        {t(`measure.${kpi.id}`)}
        <Definition kpi={kpi} view={view} />
      </div>
      <div className={classes.figure}>{figureText(kpi.value, style)}</div>
      {kpi.value === null ? (
        <div className={classes.change}>{t(`undefined.${kpi.id}`)}</div>
      ) : (
        <KpiChange kpi={kpi} style={style} comparable={comparable} />
      )}
      <Sparkline y={kpi.trend.y} />
    </>
  );
}

function Definition({ kpi, view }: { readonly kpi: Kpi; readonly view: View }) {
  const { t } = useTranslation('sales');
  const name = t(`measure.${kpi.id}`);
  return (
    <Popover width={280} position="bottom-start" shadow="md" withArrow>
      <Popover.Target>
        <ActionIcon
          variant="transparent"
          color="gray"
          size="xs"
          aria-label={t('home.kpi.about', { name })}
        >
          <Icon name="info" size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>
          <Text size="sm">{t(`definition.${kpi.id}`)}</Text>
          <Anchor
            component={Link}
            size="sm"
            to="/sales/forecast"
            search={forecastOf(kpi.id, view) as never}
          >
            {t('home.kpi.forecast')}
          </Anchor>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The address of a figure's forecast, with the filters of the view. */
export function forecastOf(id: string, view: View): Record<string, unknown> {
  const filters: Record<string, string[]> = {};
  for (const one of view.filter) {
    const colon = one.indexOf(':');
    const dimension = one.slice(0, colon);
    filters[dimension] = [...(filters[dimension] ?? []), one.slice(colon + 1)];
  }
  return { measure: `sales.${id}`, ...filters };
}

function KpiSkeletons() {
  const { t } = useTranslation();
  return (
    <div className={classes.cards} role="status">
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
      {Array.from({ length: 8 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={i} height={132} radius="lg" />
      ))}
    </div>
  );
}
