import type {
  SeriesFacts as OneSeries,
  ValidationReport,
} from '@kizashi/server/workspaces/features';
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { timeText } from '../../../charts/time-text.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Section } from '../../../ui/section.tsx';
import { useFrequencyText } from '../use-frequency-text.ts';

const ROWS_AT_ONCE = 50;

/** What was found in a file as a whole. */
export function ReportSection({ report }: { readonly report: ValidationReport }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const frequencyText = useFrequencyText();
  const count = (value: number) => format.number(value, 0);
  const { layout, range, timeKind } = report;
  const troubles = [
    'missing',
    'infinite',
    'duplicates',
    'unsorted',
    'gaps',
    'constantSeries',
  ] as const;
  const frequencies = Object.entries(report.frequencies).map(
    ([frequency, series]) => `${frequencyText(frequency)} (${count(series)})`,
  );
  const columns = [
    [t('layout.time'), layout.time],
    [t('layout.id'), layout.id],
    [t('layout.loto'), layout.loto],
    [t('report.values'), layout.values.join(', ')],
    [t('layout.exogenous'), layout.exogenous.join(', ') || null],
    [
      t('report.text'),
      report.text &&
        t('report.delimiter', {
          encoding: report.text.encoding,
          mark: report.text.delimiter === '\t' ? t('report.tab') : report.text.delimiter,
        }),
    ],
  ] as const;
  return (
    <Section title={t('report.title')} description={t('report.description')}>
      <Facts
        facts={[
          { name: t('report.rowsRead'), value: count(report.rowsRead) },
          {
            name: t('report.rowsRejected'),
            value: count(report.rowsRejected),
            bad: report.rowsRejected > 0,
          },
          { name: t('report.series'), value: count(report.seriesCount) },
          { name: t('report.points'), value: count(report.points) },
          ...troubles.map((trouble) => ({
            name: t(`report.${trouble}`),
            value: count(report[trouble]),
          })),
          {
            name: t('report.range'),
            value:
              range === null
                ? MISSING
                : `${timeText(range.from, timeKind, language)} – ${timeText(range.to, timeKind, language)}`,
          },
          {
            name: t('report.frequencies'),
            value: frequencies.join(', ') || MISSING,
            bad: report.mixedFrequencies,
          },
          ...columns.map(([name, value]) => ({ name, value: value ?? MISSING })),
        ]}
      />
    </Section>
  );
}

/** Rows that will be left out, each with its reason. */
export function RejectedRows({ report }: { readonly report: ValidationReport }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const columns = useMemo<readonly Column<ValidationReport['rejected'][number]>[]>(
    () => [
      {
        id: 'line',
        header: t('rejected.line'),
        align: 'right',
        cell: ({ line }) => format.number(line, 0),
      },
      { id: 'column', header: t('rejected.column'), cell: ({ column }) => column ?? MISSING },
      { id: 'value', header: t('rejected.value'), cell: ({ value }) => value || MISSING },
      { id: 'reason', header: t('rejected.reason'), cell: ({ message }) => message },
    ],
    [t, format],
  );
  return (
    <Section
      title={t('rejected.title')}
      description={t('rejected.text', {
        shown: format.number(report.rejected.length, 0),
        total: format.number(report.rowsRejected, 0),
      })}
    >
      <DataTable
        label={t('rejected.title')}
        columns={columns}
        rows={report.rejected}
        rowKey={({ line, column, code }) => `${line} ${column} ${code}`}
        rowsAtOnce={ROWS_AT_ONCE}
      />
    </Section>
  );
}

/** The series of a file, one by one. */
export function SeriesFacts({
  report,
  stored,
}: {
  readonly report: ValidationReport;
  readonly stored: boolean;
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const frequencyText = useFrequencyText();
  const { timeKind } = report;
  const columns = useMemo<readonly Column<OneSeries>[]>(() => {
    const number = (id: 'missing' | 'duplicates' | 'gaps'): Column<OneSeries> => ({
      id,
      header: t(`report.${id}`),
      align: 'right',
      secondary: true,
      cell: (row) => format.number(row[id], 0),
      sortBy: (row) => row[id],
    });
    return [
      {
        id: 'id',
        header: t('series.column.id'),
        cell: ({ loto, uniqueId }) =>
          stored ? (
            <Anchor
              component={Link}
              to="/features/series"
              search={{ loto, id: uniqueId } as never}
              size="sm"
              fw={600}
            >
              {uniqueId}
            </Anchor>
          ) : (
            uniqueId
          ),
        sortBy: ({ uniqueId }) => uniqueId,
      },
      { id: 'loto', header: t('series.column.dataset'), cell: ({ loto }) => loto },
      {
        id: 'n',
        header: t('series.column.points'),
        align: 'right',
        cell: ({ n }) => format.number(n, 0),
        sortBy: ({ n }) => n,
      },
      {
        id: 'range',
        header: t('series.column.range'),
        secondary: true,
        cell: ({ first, last }) =>
          `${timeText(first, timeKind, language)} – ${timeText(last, timeKind, language)}`,
      },
      {
        id: 'frequency',
        header: t('series.column.frequency'),
        secondary: true,
        cell: ({ frequency }) => frequencyText(frequency),
      },
      number('missing'),
      number('duplicates'),
      number('gaps'),
    ];
  }, [t, format, language, frequencyText, timeKind, stored]);
  return (
    <Section
      title={t('report.seriesTitle')}
      description={
        report.seriesCount > report.series.length
          ? t('report.firstSeries', {
              shown: format.number(report.series.length, 0),
              total: format.number(report.seriesCount, 0),
            })
          : undefined
      }
    >
      <DataTable
        label={t('report.seriesTitle')}
        columns={columns}
        rows={report.series}
        rowKey={({ loto, uniqueId }) => `${loto}\n${uniqueId}`}
        rowsAtOnce={ROWS_AT_ONCE}
      />
    </Section>
  );
}
