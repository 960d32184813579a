import type { TimeKind } from '@kizashi/server/contract/series-source';
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import type { ChartCell, ChartTable } from '../../../charts/chart-table.ts';
import { NumbersTable } from '../../../charts/NumbersTable.tsx';
import { timeText } from '../../../charts/time-text.ts';
import { Section } from '../../../ui/section.tsx';
import { valueText } from '../../../ui/value-text.ts';
import type { JudgedPoint } from './documents.ts';
import { useReasonsText } from './use-reasons-text.ts';

const HEIGHT = 360;

/** The values that were unusual, and why. */
export function AnomaliesPanel({
  points,
  timeKind,
}: {
  readonly points: readonly JudgedPoint[];
  readonly timeKind: TimeKind;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const reasons = useReasonsText();
  const found = useMemo(() => points.filter(({ anomaly }) => anomaly), [points]);
  const table = useMemo((): ChartTable => {
    const number = (cell: ChartCell) => valueText(cell as number | null, language);
    const time = (cell: ChartCell) =>
      timeText(typeof cell === 'number' ? cell : Date.parse(cell ?? ''), timeKind, language);
    const text = (cell: ChartCell) => String(cell ?? '');
    return {
      columns: [
        { key: 't', title: t('try.time'), text: time, numeric: timeKind === 'index' },
        { key: 'y', title: t('try.value'), text: number, numeric: true },
        {
          key: 'lower',
          title: t('try.lower', { band: t('try.usual') }),
          text: number,
          numeric: true,
        },
        {
          key: 'upper',
          title: t('try.upper', { band: t('try.usual') }),
          text: number,
          numeric: true,
        },
        { key: 'score', title: t('try.score'), text: number, numeric: true },
        { key: 'why', title: t('try.why'), text, numeric: false },
      ],
      rows: found.map((point) => [
        point.t,
        point.y,
        point.lower,
        point.upper,
        Number(point.score.toFixed(3)),
        reasons(point.reasons),
      ]),
    };
  }, [found, timeKind, language, reasons, t]);
  const title = t('try.anomalies');
  return (
    <Section
      title={title}
      description={t('try.anomaliesText', { found: found.length, total: points.length })}
    >
      {found.length === 0 ? (
        <Text>{t('try.noAnomalies')}</Text>
      ) : (
        <NumbersTable table={table} label={title} maxHeight={HEIGHT} />
      )}
    </Section>
  );
}
