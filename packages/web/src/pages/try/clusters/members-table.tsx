import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import type { ChartCell } from '../../../charts/chart-table.ts';
import { NumbersTable } from '../../../charts/NumbersTable.tsx';
import { Section } from '../../../ui/section.tsx';
import { tableColumns } from '../table-columns.ts';
import type { ClusterFound } from './cluster-document.ts';

const HEIGHT = 420;

/** Line, name and group of the rows, of one group or of all. */
export function memberRows(rows: ClusterFound['rows'], cluster: number | null): ChartCell[][] {
  return rows
    .filter((row) => cluster === null || row.cluster === cluster)
    .map((row) => [row.line, row.id ?? null, row.cluster]);
}

/** Which rows are in which group. */
export function MembersTable({ found }: { readonly found: ClusterFound }) {
  const { t, i18n } = useTranslation();
  const [group, setGroup] = useState<string | null>(null);
  const column = tableColumns(localeOf(i18n));
  const rows = useMemo(
    () => memberRows(found.rows, group === null ? null : Number(group)),
    [found.rows, group],
  );
  const title = t('try.cluster.members');
  return (
    <Section title={title}>
      <Select
        label={t('try.cluster.group')}
        placeholder={t('try.all')}
        data={found.clusters.map(({ cluster }) => String(cluster))}
        value={group}
        onChange={setGroup}
        clearable
        maw={240}
        mb="sm"
      />
      <NumbersTable
        table={{
          columns: [
            column.number(0)('line', t('try.cluster.line')),
            column.text('id', t('try.cluster.name')),
            column.number(0)('cluster', t('try.cluster.group')),
          ],
          rows,
        }}
        label={title}
        maxHeight={HEIGHT}
      />
    </Section>
  );
}
