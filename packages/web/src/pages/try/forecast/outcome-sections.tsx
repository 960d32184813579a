import { Group, Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DownloadMenu, fileStem, plainName } from '../download-menu.tsx';
import { AnomaliesPanel } from './anomalies-panel.tsx';
import { BacktestPanel } from './backtest-panel.tsx';
import { forecastOf, pointsOf, type SeriesDocument } from './documents.ts';
import { anomaliesCsv, documentJson, forecastCsv } from './downloads.ts';
import { ForecastWarnings } from './forecast-warnings.tsx';
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
  const stem = fileStem(name);
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
        <DownloadMenu
          downloads={[
            ...(forecasts === undefined
              ? []
              : [
                  {
                    label: t('try.download.forecastCsv'),
                    name: `${stem}-forecast.csv` as const,
                    text: () => forecastCsv(forecasts),
                  },
                  {
                    label: t('try.download.forecastJson'),
                    name: `${stem}-forecast.json` as const,
                    text: () => documentJson(forecasts),
                  },
                ]),
            ...(anomalies === undefined
              ? []
              : [
                  {
                    label: t('try.download.anomaliesCsv'),
                    name: `${stem}-anomalies.csv` as const,
                    text: () => anomaliesCsv(anomalies),
                  },
                ]),
          ]}
        />
      </Group>
      <ForecastWarnings forecast={forecast} />
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
