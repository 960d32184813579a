import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useCan, useOrganisation } from '../../../app/session.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { preloadCharts } from '../../../charts/Chart.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Empty } from '../../../ui/states.tsx';
import { FilterBar } from '../filters/FilterBar.tsx';
import { bucketFor, chosenPeriod, type DataRange } from '../period.ts';
import { rangeQuery, runningImportQuery, type View } from '../queries.ts';
import { filterParameters, homeSearchSchema } from '../search.ts';
import { AlertsPanel } from './AlertsPanel.tsx';
import { BreakdownPanel } from './BreakdownPanel.tsx';
import { DemoBanner } from './DemoBanner.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import classes from './home.module.css';
import { KpiCards } from './KpiCards.tsx';
import { PatternPanel } from './PatternPanel.tsx';
import { RevenuePanel } from './RevenuePanel.tsx';

/** Home of sales: the key figures of a period, what comes next, and where it comes from. */
export function HomePage() {
  const { t } = useTranslation('sales');
  const range = useQuery(rangeQuery(useApi()));
  useEffect(preloadCharts, []);
  return (
    <QueryState query={range} height={600}>
      {({ range: days, demo }) =>
        days === null ? (
          <>
            <PageHeader title={t('home.title')} />
            <NoSales />
          </>
        ) : (
          <Sales days={days} demo={demo} />
        )
      }
    </QueryState>
  );
}

function Sales({ days, demo }: { readonly days: DataRange; readonly demo: boolean }) {
  const { t } = useTranslation('sales');
  const can = useCan();
  const [search, change] = useSearchState(homeSearchSchema);
  const period = chosenPeriod(search, days, useOrganisation(), Date.now());
  const view: View = { from: period.from, to: period.to, filter: filterParameters(search) };
  const part = { view, filters: search, onChange: change };
  return (
    <>
      <PageHeader
        title={t('home.title')}
        actions={
          <>
            {can('sales.export') && <ExportMenu view={view} />}
            {can('sales.import') && (
              <Button component={Link} to="/sales/import/new" leftSection={<Icon name="upload" />}>
                {t('home.import')}
              </Button>
            )}
          </>
        }
      />
      {demo && <DemoBanner />}
      <FilterBar period={period} filters={search} onChange={change} />
      <KpiCards view={view} since={days.from} />
      <div className={classes.panels}>
        <div className={can('alerts.read') ? classes.main : classes.alone}>
          <RevenuePanel
            view={view}
            days={days}
            bucket={bucketFor(period, search.bucket)}
            search={search}
            onChange={change}
          />
        </div>
        {can('alerts.read') && (
          <div className={classes.side}>
            <AlertsPanel />
          </div>
        )}
        <div>
          <BreakdownPanel {...part} by="product" />
        </div>
        <div>
          <BreakdownPanel {...part} by="country" />
        </div>
        <div>
          <BreakdownPanel {...part} by="customer" />
        </div>
        <div className={classes.stack}>
          <PatternPanel view={view} by="weekday" />
          <PatternPanel view={view} by="hour" />
        </div>
      </div>
    </>
  );
}

function NoSales() {
  const { t } = useTranslation('sales');
  const mayImport = useCan()('sales.import');
  const running = useQuery(runningImportQuery(useApi())).data;
  if (running) {
    return (
      <Empty icon="upload" title={t('home.filling.title', { name: running.name })}>
        <Progress
          w={320}
          value={100 * running.progress}
          aria-label={t('home.filling.title', { name: running.name })}
        />
      </Empty>
    );
  }
  return (
    <Empty
      icon="upload"
      title={t('home.empty.title')}
      action={
        mayImport && (
          <Button component={Link} to="/sales/import/new">
            {t('home.import')}
          </Button>
        )
      }
    >
      {t(mayImport ? 'home.empty.text' : 'home.empty.textViewer')}
    </Empty>
  );
}
