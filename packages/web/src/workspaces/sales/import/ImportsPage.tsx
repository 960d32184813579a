import { importsPageSchema, type SalesImport } from '@kizashi/server/workspaces/sales';
import { Anchor, Badge, Button, Group, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { usePages } from '../../../app/use-pages.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { importsKey } from '../queries.ts';
import { ImportState } from './ImportState.tsx';
import { useImportsLive } from './use-imports-live.ts';

/** Every file that was read in. */
export function ImportsPage() {
  const { t } = useTranslation('sales');
  const mayImport = useCan()('sales.import');
  const columns = useColumns();
  const pages = usePages({
    queryKey: importsKey,
    path: '/api/sales/imports',
    schema: importsPageSchema,
  });
  useImportsLive();
  const start = mayImport && (
    <Button component={Link} to="/sales/import/new" leftSection={<Icon name="upload" />}>
      {t('import.new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('import.title')} description={t('import.description')} actions={start} />
      <Section>
        <PagedList
          pages={pages}
          empty={
            <Empty icon="upload" title={t('import.empty.title')} action={start}>
              {t('import.empty.text')}
            </Empty>
          }
        >
          {(imports) => (
            <DataTable
              label={t('import.list')}
              columns={columns}
              rows={imports}
              rowKey={({ id }) => id}
            />
          )}
        </PagedList>
      </Section>
    </>
  );
}

function useColumns(): readonly Column<SalesImport>[] {
  const { t } = useTranslation('sales');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'file',
        header: t('import.column.file'),
        cell: ({ id, name, demo }) => (
          <Group gap="xs">
            <Anchor component={Link} to={`/sales/import/${id}`} size="sm" fw={600}>
              {name}
            </Anchor>
            {demo && (
              <Badge size="sm" variant="default">
                {t('import.demo')}
              </Badge>
            )}
          </Group>
        ),
      },
      {
        id: 'state',
        header: t('import.column.state'),
        cell: (one) => (
          <>
            <ImportState state={one.state} />
            {one.state === 'running' && (
              <Progress mt={4} value={100 * one.progress} aria-label={t('import.state.running')} />
            )}
          </>
        ),
      },
      {
        id: 'rows',
        header: t('import.column.rows'),
        align: 'right',
        cell: ({ rowsStored }) => format.number(rowsStored, 0),
      },
      {
        id: 'rejected',
        header: t('import.column.rejected'),
        align: 'right',
        secondary: true,
        cell: ({ rowsRejected }) => format.number(rowsRejected, 0),
      },
      {
        id: 'when',
        header: t('import.column.when'),
        secondary: true,
        cell: ({ createdAt }) => <Time at={createdAt} />,
      },
      {
        id: 'by',
        header: t('import.column.by'),
        secondary: true,
        cell: ({ createdBy }) => createdBy,
      },
    ],
    [t, format],
  );
}
