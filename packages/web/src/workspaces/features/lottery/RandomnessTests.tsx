import type { LotteryInsight } from '@kizashi/server/workspaces/features';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Section } from '../../../ui/section.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { probabilityText } from '../../../ui/value-text.ts';
import { type TestName, type Verdict, verdictOf } from './verdict.ts';

interface Row {
  readonly name: TestName;
  readonly statistic: number | null;
  readonly freedom: number | null;
  readonly pValue: number | null;
}

const tones = { random: 'good', unusual: 'warning', against: 'bad', unknown: 'quiet' } as const;

/** What speaks for or against independent draws, in numbers. */
export function RandomnessTests({ game }: { readonly game: LotteryInsight }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const { frequencies, runs, serial } = game.tests;
  const rows: readonly Row[] = [
    { name: 'frequencies', ...frequencies },
    { name: 'runs', statistic: runs.statistic, freedom: null, pValue: runs.pValue },
    { name: 'serial', ...serial },
  ];
  const verdicts = rows.map(({ pValue }) => verdictOf(pValue));
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        id: 'test',
        header: t('tests.column.test'),
        cell: ({ name }) => (
          <>
            <strong>{t(`tests.${name}.name`)}</strong>
            <div>{t(`tests.${name}.question`)}</div>
          </>
        ),
      },
      {
        id: 'statistic',
        header: t('tests.column.statistic'),
        align: 'right',
        secondary: true,
        cell: ({ statistic, freedom }) =>
          statistic === null
            ? MISSING
            : freedom === null
              ? `z = ${format.number(statistic, 2)}`
              : `χ² = ${format.number(statistic, 1)} (${t('tests.freedom', { freedom })})`,
      },
      {
        id: 'p',
        header: t('tests.column.p'),
        align: 'right',
        cell: ({ pValue }) => probabilityText(pValue, language),
      },
      {
        id: 'verdict',
        header: t('tests.column.verdict'),
        cell: ({ pValue }) => {
          const verdict = verdictOf(pValue);
          return <StateBadge tone={tones[verdict]}>{t(`tests.verdict.${verdict}`)}</StateBadge>;
        },
      },
    ],
    [t, format, language],
  );
  return (
    <Section title={t('tests.title')} description={t(`tests.summary.${worst(verdicts)}`)}>
      <DataTable
        label={t('tests.title')}
        columns={columns}
        rows={rows}
        rowKey={({ name }) => name}
      />
    </Section>
  );
}

const order: readonly Verdict[] = ['against', 'unusual', 'random', 'unknown'];

function worst(verdicts: readonly Verdict[]): Verdict {
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
}
