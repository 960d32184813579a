import { Group, List, Text } from '@mantine/core';
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
import { ClusterChart } from './cluster-chart.tsx';
import type { ClusterFound } from './cluster-document.ts';
import { MembersTable, memberRows } from './members-table.tsx';

const HEIGHT = 420;

/** Groups of rows that are alike: what each is like, how sure that is, and who is in it. */
export function ClustersView({
  found,
  name,
}: {
  readonly found: ClusterFound;
  /** Of the file. */
  readonly name: string;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const stem = fileStem(name);
  const column = tableColumns(language);
  const { clusters, columns, counts } = found;
  const left = found.rowsSkipped + found.rowsRejected;
  const notes = [
    ...found.warnings.map(({ message }) => message),
    ...(left > 0 ? [t('try.cluster.left', { count: left })] : []),
  ];
  const groups: ChartTable = {
    columns: [
      column.number(0)('cluster', t('try.cluster.group')),
      column.number(0)('size', t('try.cluster.rows')),
      column.share('share', t('try.cluster.share')),
      column.number(3)('silhouette', t('try.cluster.silhouette')),
      ...columns.map((one) => column.value(one, one)),
    ],
    rows: clusters.map(({ cluster, size, share, silhouette, centre }) => [
      ...[cluster, size, share, silhouette],
      ...columns.map((one) => centre[one] ?? null),
    ]),
  };
  return (
    <>
      <Group justify="space-between" mb="md">
        <Text fw={600}>{name}</Text>
        <DownloadMenu
          downloads={[
            {
              label: t('try.download.groupsCsv'),
              name: `${stem}-groups.csv`,
              text: () => tableCsv(groups),
            },
            {
              label: t('try.download.membersCsv'),
              name: `${stem}-members.csv`,
              text: () =>
                tableCsv({
                  columns: ['line', 'id', 'cluster'].map((one) => column.text(one, one)),
                  rows: memberRows(found.rows, null),
                }),
            },
            {
              label: t('try.download.json'),
              name: `${stem}-groups.json`,
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
          { label: t('try.cluster.groups'), value: valueText(found.k, language) },
          { label: t('try.cluster.how'), value: t(`try.cluster.chosen.${found.chosen}`) },
          {
            label: t('try.cluster.silhouette'),
            value: valueText(
              found.silhouette === null ? null : Number(found.silhouette.toFixed(3)),
              language,
            ),
          },
          {
            label: t('try.cluster.rows'),
            value: valueText(found.rows.length - found.rowsSkipped, language),
          },
        ]}
      />
      <ClusterChart found={found} stem={stem} />
      <Section title={t('try.cluster.centres')} description={t('try.cluster.centresText')}>
        <NumbersTable table={groups} label={t('try.cluster.centres')} maxHeight={HEIGHT} />
      </Section>
      {counts !== null && counts.length > 1 && (
        <Section title={t('try.cluster.counts')} description={t('try.cluster.countsText')}>
          <NumbersTable
            table={{
              columns: [
                column.number(0)('k', t('try.cluster.groups')),
                column.number(3)('silhouette', t('try.cluster.silhouette')),
                column.number(3)('gap', t('try.cluster.gap')),
                column.number(3)('error', t('try.cluster.gapError')),
              ],
              rows: counts.map(({ k, silhouette, gap, gapError }) => [
                k,
                silhouette,
                gap,
                gapError,
              ]),
            }}
            label={t('try.cluster.counts')}
            maxHeight={HEIGHT}
          />
        </Section>
      )}
      <MembersTable found={found} />
    </>
  );
}
