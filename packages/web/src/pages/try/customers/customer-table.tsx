import { Group, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { NumbersTable } from '../../../charts/NumbersTable.tsx';
import { timeText } from '../../../charts/time-text.ts';
import { Section } from '../../../ui/section.tsx';
import { tableColumns } from '../table-columns.ts';
import { byStake } from './customer-rows.ts';
import { aliveOf, type CustomersFound } from './customers-document.ts';
import { useCustomerWords } from './use-customer-words.ts';

const HEIGHT = 520;

/** Every customer with what to expect and what to do, those with most at stake first. */
export function CustomerTable({ found }: { readonly found: CustomersFound }) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const words = useCustomerWords();
  const [name, setName] = useState('');
  const [action, setAction] = useState<string | null>(null);
  const { within } = found;
  const ordered = useMemo(() => byStake(found.customers), [found.customers]);
  const actions = useMemo(
    () => [...new Set(ordered.flatMap(({ retention }) => retention?.action ?? []))],
    [ordered],
  );
  const table = useMemo((): ChartTable => {
    const column = tableColumns(language);
    const day = (date: string) => timeText(Date.parse(date), 'date', language);
    const wanted = name.trim().toLocaleLowerCase();
    return {
      columns: [
        column.text('id', t('try.purchases.customer')),
        column.text('action', t('try.customers.action')),
        column.share('alive', t('try.customers.alive')),
        column.number(2)('expected', t('try.customers.expected')),
        column.day('next', t('try.customers.next')),
        column.text('interval', t('try.customers.interval')),
        ...(within === null
          ? []
          : [column.share('within', t('try.customers.within', { days: within.horizonDays }))]),
        column.number(2)('value', t('try.customers.value')),
        column.number(2)('lifetime', t('try.customers.lifetime')),
        column.number(2)('stake', t('try.customers.atStake')),
        column.text('segment', t('try.customers.segment')),
        column.number(0)('purchases', t('try.customers.purchases')),
        column.day('last', t('try.customers.last')),
        column.text('why', t('try.why')),
      ],
      rows: ordered
        .filter(
          (one) =>
            one.id.toLocaleLowerCase().includes(wanted) &&
            (action === null || one.retention?.action === action),
        )
        .map((one) => [
          ...[one.id, one.retention && words.action(one.retention.action), aliveOf(one)],
          ...[one.expected, one.next?.date ?? null],
          one.next && `${day(one.next.lower)} – ${day(one.next.upper)}`,
          ...(within === null ? [] : [one.within?.probability ?? null]),
          ...[one.value, one.lifetimeValue, one.retention?.atStake ?? null],
          ...[words.segment(one.segment), one.purchases, one.lastDate],
          one.retention && words.reasons(one.retention),
        ]),
    };
  }, [ordered, within, name, action, language, words, t]);
  const title = t('try.customers.title');
  return (
    <Section title={title} description={t('try.customers.tableText')}>
      <Group mb="sm" align="flex-end">
        <TextInput
          label={t('try.customers.search')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('try.customers.action')}
          placeholder={t('try.all')}
          data={actions.map((value) => ({ value, label: words.action(value) }))}
          value={action}
          onChange={setAction}
          clearable
        />
      </Group>
      <NumbersTable table={table} label={title} maxHeight={HEIGHT} />
    </Section>
  );
}
