import { Button, Group, List, Menu, Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadText } from '../../charts/download.ts';
import { Caution } from '../../ui/caution.tsx';
import { Icon } from '../../ui/icons.tsx';
import { AnomaliesPanel } from './anomalies-panel.tsx';
import { BacktestPanel } from './backtest-panel.tsx';
import { forecastOf, pointsOf, type SeriesDocument, type SeriesForecast } from './documents.ts';
import { anomaliesCsv, documentJson, forecastCsv } from './downloads.ts';
import { OutcomeChart } from './outcome-chart.tsx';
import { outcomeOf } from './outcome-rows.ts';

/** More names are found by typing: a list of hundreds would be slow. */
const NAMES_AT_ONCE = 100;

/** What was found in one of the series, and the files with all of them. */
export function OutcomeSections({
  name,
  forecasts,
  anomalies,
  series,
  onSeries,
}: {
  /** Of the file. */
  readonly name: string;
  readonly forecasts: SeriesDocument | undefined;
  readonly anomalies: SeriesDocument | undefined;
  /** The one asked for; the first where there is none of this name. */
  readonly series: string | undefined;
  readonly onSeries: (series: string) => void;
}) {
  const { t } = useTranslation();
  const ids = useMemo(
    () => [...new Set([...(anomalies?.keys() ?? []), ...(forecasts?.keys() ?? [])])],
    [anomalies, forecasts],
  );
  const stem = plainName(name.replace(/\.\w+$/, ''));
  const id = series !== undefined && ids.includes(series) ? series : (ids[0] ?? '');
  const forecast = useMemo(() => forecastOf(forecasts, id), [forecasts, id]);
  const points = useMemo(() => pointsOf(anomalies, id), [anomalies, id]);
  const outcome = useMemo(() => outcomeOf(points, forecast), [points, forecast]);
  return (
    <>
      <Group justify="space-between" align="flex-end" mb="md">
        {ids.length > 1 ? (
          <Select
            label={t('try.series', { total: ids.length })}
            data={ids}
            value={id}
            onChange={(chosen) => chosen !== null && onSeries(chosen)}
            searchable
            allowDeselect={false}
            limit={NAMES_AT_ONCE}
            nothingFoundMessage={t('try.noSeries')}
            miw={260}
          />
        ) : (
          <Text fw={600}>{name}</Text>
        )}
        <DownloadMenu stem={stem} forecasts={forecasts} anomalies={anomalies} />
      </Group>
      <Warnings forecast={forecast} />
      <OutcomeChart
        key={id}
        // A file of one series need not name it.
        name={ids.length > 1 ? id : stem}
        fileName={ids.length > 1 ? `${stem}-${plainName(id)}` : stem}
        outcome={outcome}
        model={forecast?.model ?? null}
      />
      {points && <AnomaliesPanel points={points} timeKind={outcome.timeKind} />}
      {forecast?.model && <BacktestPanel forecast={forecast} />}
    </>
  );
}

function Warnings({ forecast }: { readonly forecast: SeriesForecast | undefined }) {
  const { t } = useTranslation();
  if (forecast === undefined || forecast.warnings.length === 0) return null;
  return (
    <Caution
      icon="info"
      title={t(forecast.model === null ? 'try.refused' : 'try.warnings')}
      mb="md"
    >
      <List size="sm">
        {forecast.warnings.map(({ code, message }) => (
          <List.Item key={code + message}>{message}</List.Item>
        ))}
      </List>
    </Caution>
  );
}

function DownloadMenu({
  stem,
  forecasts,
  anomalies,
}: {
  /** What the files' names begin with. */
  readonly stem: string;
  readonly forecasts: SeriesDocument | undefined;
  readonly anomalies: SeriesDocument | undefined;
}) {
  const { t } = useTranslation();
  const save = (what: string, text: string, type: string) =>
    downloadText(`${stem}-${what}`, text, type);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />}>
          {t('try.download.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {forecasts && (
          <>
            <Menu.Item onClick={() => save('forecast.csv', forecastCsv(forecasts), 'text/csv')}>
              {t('try.download.forecastCsv')}
            </Menu.Item>
            <Menu.Item
              onClick={() => save('forecast.json', documentJson(forecasts), 'application/json')}
            >
              {t('try.download.forecastJson')}
            </Menu.Item>
          </>
        )}
        {anomalies && (
          <Menu.Item onClick={() => save('anomalies.csv', anomaliesCsv(anomalies), 'text/csv')}>
            {t('try.download.anomaliesCsv')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** As a part of a file's name. */
function plainName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
}
