import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { BarList } from '../../../charts/BarList.tsx';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { percentText } from '../../../ui/figure-text.ts';
import { valueText } from '../../../ui/value-text.ts';
import { tableColumns } from '../table-columns.ts';
import type { CustomerFound } from './customers-document.ts';
import { type Distribution, distributionOf, distributions } from './distributions.ts';
import { useCustomerWords } from './use-customer-words.ts';

const HEIGHT = 360;

/** How customers are spread over probabilities, purchases to come, segments or actions. */
export function CustomerDistribution({
  customers,
  stem,
  horizonDays,
}: {
  readonly customers: readonly CustomerFound[];
  /** What the names of files begin with. */
  readonly stem: string;
  readonly horizonDays: number;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const words = useCustomerWords();
  const [shown, setShown] = useState<Distribution>('alive');
  const shares = useMemo(() => distributionOf(customers, shown), [customers, shown]);
  const number = (value: number) =>
    shown === 'alive' ? percentText(value, language) : valueText(value, language);
  const bars = shares.map((share) => {
    const label =
      'name' in share
        ? shown === 'action'
          ? words.action(share.name)
          : words.segment(share.name)
        : share.to === null
          ? t('try.customers.from', { from: number(share.from) })
          : t('try.customers.range', { from: number(share.from), to: number(share.to) });
    return {
      ...{ key: label, label, size: share.count, value: valueText(share.count, language) },
      note: percentText(share.count / Math.max(1, customers.length), language),
    };
  });
  const columns = tableColumns(language);
  const title = t(`try.customers.distribution.${shown}`, { days: horizonDays });
  const table: ChartTable = {
    columns: [columns.text('kind', title), columns.value('customers', t('try.customers.count'))],
    rows: bars.map(({ label, size }) => [label, size]),
  };
  return (
    <ChartFrame
      title={title}
      description={t('try.customers.distributionText')}
      table={table}
      fileName={`${stem}-${shown}`}
      height={HEIGHT}
      controls={
        <Select
          size="xs"
          aria-label={t('try.customers.distributionChoice')}
          data={distributions.map((value) => ({
            value,
            label: t(`try.customers.distribution.${value}`, { days: horizonDays }),
          }))}
          value={shown}
          onChange={(value) => value !== null && setShown(value)}
          allowDeselect={false}
          miw={240}
        />
      }
    >
      {() => <BarList bars={bars} label={title} />}
    </ChartFrame>
  );
}
