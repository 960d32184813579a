import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { measuresQuery } from '../../../app/measures.ts';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { preloadCharts } from '../../../charts/Chart.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Empty } from '../../../ui/states.tsx';
import { FilterBar } from '../filters/FilterBar.tsx';
import { horizons } from '../period.ts';
import { type ForecastRequest, forecastQuery } from '../queries.ts';
import { type ForecastSearch, filterParameters, forecastSearchSchema } from '../search.ts';
import { BacktestPanel } from './BacktestPanel.tsx';
import { ForecastChart } from './ForecastChart.tsx';
import { ForecastControls } from './ForecastControls.tsx';

const HEIGHT = 380;

/** A forecast of any measure, and how far it can be trusted. */
export function ForecastPage() {
  const { t } = useTranslation('sales');
  const can = useCan();
  const [search, change] = useSearchState(forecastSearchSchema);
  const measures = useQuery(measuresQuery(useApi()));
  const request = forecastRequest(search);
  useEffect(preloadCharts, []);
  return (
    <>
      <PageHeader
        title={t('forecast.title')}
        description={t('forecast.description')}
        actions={
          can('alerts.write') && (
            <Button
              variant="default"
              component={Link}
              to="/alerts/rules/new"
              search={alertOf(request) as never}
              leftSection={<Icon name="bell" />}
            >
              {t('forecast.alert')}
            </Button>
          )
        }
      />
      <QueryState query={measures} height={80}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="forecast" title={t('forecast.noMeasures')} />
          ) : (
            <>
              <ForecastControls request={request} measures={items} onChange={change} />
              <FilterBar filters={search} onChange={change} />
              <ForecastResult request={request} />
            </>
          )
        }
      </QueryState>
    </>
  );
}

/** What a view asks for, with the defaults in place of what it leaves open. */
export function forecastRequest(search: ForecastSearch): ForecastRequest {
  const bucket = search.bucket ?? 'day';
  return {
    measure: search.measure ?? 'sales.revenue',
    bucket,
    horizon: search.horizon ?? horizons[bucket][1]!,
    model: search.model ?? 'auto',
    levels: search.levels ?? [0.8, 0.95],
    filter: filterParameters(search),
  };
}

function alertOf({ measure, bucket, filter }: ForecastRequest) {
  return { measure, bucket, filter };
}

function ForecastResult({ request }: { readonly request: ForecastRequest }) {
  const { t } = useTranslation('sales');
  const forecast = useQuery(forecastQuery(useApi(), request));
  if (forecast.error instanceof ApiError && forecast.error.code === 'FORECAST_NO_HISTORY') {
    return (
      <Empty icon="forecast" title={t('forecast.noHistory')}>
        {forecast.error.detail}
        <Group justify="center" mt="sm">
          <Anchor component={Link} to="/sales/import/new">
            {t('home.import')}
          </Anchor>
        </Group>
      </Empty>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" role="status" mih="1.5em">
        {forecast.isFetching && t('forecast.computing')}
      </Text>
      <QueryState query={forecast} height={HEIGHT + 100}>
        {(reply) => (
          <>
            <ForecastChart reply={reply} height={HEIGHT} />
            <BacktestPanel reply={reply} />
          </>
        )}
      </QueryState>
    </>
  );
}
