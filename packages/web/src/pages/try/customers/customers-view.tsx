import { Group, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { tableCsv } from '../../../charts/chart-table.ts';
import { timeText } from '../../../charts/time-text.ts';
import { Caution } from '../../../ui/caution.tsx';
import { percentText } from '../../../ui/figure-text.ts';
import { valueText } from '../../../ui/value-text.ts';
import { DownloadMenu, fileStem } from '../download-menu.tsx';
import { Facts } from '../facts.tsx';
import { useRowNotes } from '../use-row-notes.ts';
import { CustomerDistribution } from './customer-distribution.tsx';
import { CustomerModels } from './customer-models.tsx';
import { customerCsvTable } from './customer-rows.ts';
import { CustomerTable } from './customer-table.tsx';
import type { CustomersFound } from './customers-document.ts';

/** Who will buy again, when and for how much, and what to do about each. */
export function CustomersView({
  found,
  name,
}: {
  readonly found: CustomersFound;
  /** Of the file. */
  readonly name: string;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const stem = fileStem(name);
  const { customers, horizonDays, months, nextPurchase, within } = found;
  const sum = (of: (one: (typeof customers)[number]) => number | null | undefined) =>
    valueText(Math.round(customers.reduce((total, one) => total + (of(one) ?? 0), 0)), language);
  const coverage = nextPurchase.measured?.coverage ?? null;
  const notes = [
    ...(found.model === 'bg-nbd' ? [] : [t(`try.customers.instead.${found.model}`)]),
    ...useRowNotes(found.rows),
  ];
  return (
    <>
      <Group justify="space-between" mb="md">
        <Text fw={600}>{name}</Text>
        <DownloadMenu
          downloads={[
            {
              label: t('try.download.customersCsv'),
              name: `${stem}-customers.csv`,
              text: () => tableCsv(customerCsvTable(customers)),
            },
            {
              label: t('try.download.json'),
              name: `${stem}-customers.json`,
              text: () => `${JSON.stringify(found)}\n`,
            },
          ]}
        />
      </Group>
      {notes.length > 0 && (
        <Caution icon="info" title={t('try.warnings')} mb="md">
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Caution>
      )}
      <Facts
        title={t('try.summary')}
        facts={[
          { label: t('try.customers.count'), value: valueText(customers.length, language) },
          { label: t('try.until'), value: timeText(Date.parse(found.until), 'date', language) },
          {
            label: t('try.customers.expectedIn', { days: horizonDays }),
            value: sum(({ expected }) => expected),
          },
          {
            label: t('try.customers.lifetimeIn', { months }),
            value: sum(({ lifetimeValue }) => lifetimeValue),
          },
          {
            label: t('try.customers.atStake'),
            value: sum(({ retention }) => retention?.atStake),
          },
          ...(coverage === null
            ? []
            : [
                {
                  label: t('try.customers.coverage', {
                    level: percentText(nextPurchase.level, language),
                  }),
                  value: percentText(coverage, language),
                },
              ]),
          ...(within === null
            ? []
            : [
                {
                  label: t('try.customers.auc', { days: within.horizonDays }),
                  value:
                    within.measured?.auc == null
                      ? t('try.customers.untested')
                      : valueText(Number(within.measured.auc.toFixed(3)), language),
                },
              ]),
        ]}
      />
      <CustomerDistribution customers={customers} stem={stem} horizonDays={horizonDays} />
      <CustomerTable found={found} />
      <CustomerModels found={found} />
    </>
  );
}
