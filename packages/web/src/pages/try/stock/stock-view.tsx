import { Group, Select, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { type ChartTable, tableCsv } from '../../../charts/chart-table.ts';
import { NumbersTable } from '../../../charts/NumbersTable.tsx';
import { Section } from '../../../ui/section.tsx';
import { valueText } from '../../../ui/value-text.ts';
import { DownloadMenu, fileStem, plainName } from '../download-menu.tsx';
import { Facts } from '../facts.tsx';
import { forecastOf } from '../forecast/documents.ts';
import { ForecastWarnings } from '../forecast/forecast-warnings.tsx';
import { OutcomeChart } from '../forecast/outcome-chart.tsx';
import { outcomeOf } from '../forecast/outcome-rows.ts';
import { tableColumns } from '../table-columns.ts';
import type { StockFound } from './stock-document.ts';
import { stockCsvTable, stockFigures, stockRows } from './stock-rows.ts';

const HEIGHT = 520;
/** More names are found by typing: a list of hundreds would be slow. */
const NAMES_AT_ONCE = 100;

/** What to order of each series, and the forecast that it comes from. */
export function StockView({
  found,
  name,
}: {
  readonly found: StockFound;
  /** Of the file. */
  readonly name: string;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const stem = fileStem(name);
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = useMemo(() => stockRows(found), [found]);
  const ids = useMemo(() => rows.map(([id]) => id), [rows]);
  const id = chosen ?? ids[0] ?? '';
  const forecast = useMemo(() => forecastOf(found, id), [found, id]);
  const outcome = useMemo(() => outcomeOf([], forecast), [forecast]);
  const toOrder = rows.filter(([, stock]) => stock?.status === 'order');
  const column = tableColumns(language);
  const table: ChartTable = {
    columns: [
      column.text('series', t('try.stock.series')),
      column.text('status', t('try.stock.status')),
      ...stockFigures.map((figure) => column.number(1)(figure, t(`try.stock.figures.${figure}`))),
    ],
    rows: rows.map(([series, stock]) => [
      series,
      t(stock === null ? 'try.stock.unknown' : `try.stock.statuses.${stock.status}`),
      ...stockFigures.map((figure) => stock?.[figure] ?? null),
    ]),
  };
  const title = t('try.stock.title');
  return (
    <>
      <Group justify="space-between" mb="md">
        <Text fw={600}>{name}</Text>
        <DownloadMenu
          downloads={[
            {
              label: t('try.download.stockCsv'),
              name: `${stem}-stock.csv`,
              text: () => tableCsv(stockCsvTable(found)),
            },
            {
              label: t('try.download.json'),
              name: `${stem}-stock.json`,
              text: () => `${JSON.stringify({ series: Object.fromEntries(found) })}\n`,
            },
          ]}
        />
      </Group>
      <Facts
        title={t('try.summary')}
        facts={[
          { label: t('try.stock.seriesCount'), value: valueText(rows.length, language) },
          { label: t('try.stock.toOrder'), value: valueText(toOrder.length, language) },
          {
            label: t('try.stock.pieces'),
            value: valueText(
              toOrder.reduce((sum, [, stock]) => sum + (stock?.orderQuantity ?? 0), 0),
              language,
            ),
          },
        ]}
      />
      <Section title={title} description={t('try.stock.tableText')}>
        <NumbersTable table={table} label={title} maxHeight={HEIGHT} />
      </Section>
      {ids.length > 1 && (
        <Select
          label={t('try.series', { total: ids.length })}
          data={ids}
          value={id}
          onChange={setChosen}
          searchable
          allowDeselect={false}
          limit={NAMES_AT_ONCE}
          nothingFoundMessage={t('try.noSeries')}
          maw={320}
          my="md"
        />
      )}
      <ForecastWarnings forecast={forecast} />
      <OutcomeChart
        key={id}
        name={ids.length > 1 ? id : stem}
        fileName={`${stem}-${plainName(id)}`}
        outcome={outcome}
        model={forecast?.model ?? null}
      />
    </>
  );
}
