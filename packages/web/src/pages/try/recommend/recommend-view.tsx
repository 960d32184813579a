import { Group, List, Select, SimpleGrid, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { type ChartTable, tableCsv } from '../../../charts/chart-table.ts';
import { NumbersTable } from '../../../charts/NumbersTable.tsx';
import { Caution } from '../../../ui/caution.tsx';
import { Section } from '../../../ui/section.tsx';
import { valueText } from '../../../ui/value-text.ts';
import { DownloadMenu, fileStem } from '../download-menu.tsx';
import { Facts } from '../facts.tsx';
import { tableColumns } from '../table-columns.ts';
import { useRowNotes } from '../use-row-notes.ts';
import { listsCsvTable, rulesCsvTable } from './recommend-csv.ts';
import type { RecommendFound } from './recommend-document.ts';
import { RulesTable } from './rules-table.tsx';

const HEIGHT = 420;
/** More names are found by typing: a list of thousands would be slow. */
const NAMES_AT_ONCE = 100;

/** What each customer will buy again and discover, and what is bought together. */
export function RecommendView({
  found,
  name,
}: {
  readonly found: RecommendFound;
  /** Of the file. */
  readonly name: string;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const stem = fileStem(name);
  const { customers, rules } = found;
  const [chosen, setChosen] = useState<string | null>(null);
  const customer = customers.find(({ id }) => id === chosen) ?? customers[0];
  const ids = useMemo(() => customers.map(({ id }) => id), [customers]);
  const notes = [
    ...useRowNotes(found.rows),
    ...(found.itemsIgnored > 0 ? [t('try.recommend.ignored', { count: found.itemsIgnored })] : []),
    ...(found.rulesComplete ? [] : [t('try.recommend.incomplete')]),
  ];
  const column = tableColumns(language);
  const again: ChartTable = {
    columns: [
      column.text('item', t('try.purchases.item')),
      column.number(0)('times', t('try.recommend.times')),
      column.day('last', t('try.customers.last')),
      column.number(3)('score', t('try.score')),
    ],
    rows: (customer?.buyAgain ?? []).map(({ item, times, lastDate, score }) => [
      ...[item, times, lastDate, score],
    ]),
  };
  const discover: ChartTable = {
    columns: [
      column.text('item', t('try.purchases.item')),
      column.text('because', t('try.recommend.because')),
      column.number(3)('score', t('try.score')),
    ],
    rows: (customer?.discover ?? []).map(({ item, because, score }) => [item, because, score]),
  };
  return (
    <>
      <Group justify="space-between" mb="md">
        <Text fw={600}>{name}</Text>
        <DownloadMenu
          downloads={[
            {
              label: t('try.download.listsCsv'),
              name: `${stem}-recommendations.csv`,
              text: () => tableCsv(listsCsvTable(found)),
            },
            {
              label: t('try.download.rulesCsv'),
              name: `${stem}-rules.csv`,
              text: () => tableCsv(rulesCsvTable(found)),
            },
            {
              label: t('try.download.json'),
              name: `${stem}-recommendations.json`,
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
          { label: t('try.recommend.items'), value: valueText(found.items, language) },
          { label: t('try.recommend.baskets'), value: valueText(found.baskets, language) },
          { label: t('try.recommend.rules'), value: valueText(rules.length, language) },
        ]}
      />
      {customer && (
        <Section title={t('try.recommend.lists')} description={t('try.recommend.listsText')}>
          <Select
            label={t('try.purchases.customer')}
            data={ids}
            value={customer.id}
            onChange={setChosen}
            searchable
            allowDeselect={false}
            limit={NAMES_AT_ONCE}
            nothingFoundMessage={t('try.recommend.noCustomer')}
            maw={320}
            mb="md"
          />
          {customer.status === 'popular' && <Text mb="sm">{t('try.recommend.popular')}</Text>}
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
            {again.rows.length === 0 ? (
              <Text>{t('try.recommend.noAgain')}</Text>
            ) : (
              <NumbersTable table={again} label={t('try.recommend.again')} maxHeight={HEIGHT} />
            )}
            {discover.rows.length === 0 ? (
              <Text>{t('try.recommend.noDiscover')}</Text>
            ) : (
              <NumbersTable
                table={discover}
                label={t('try.recommend.discover')}
                maxHeight={HEIGHT}
              />
            )}
          </SimpleGrid>
        </Section>
      )}
      <RulesTable rules={rules} />
    </>
  );
}
