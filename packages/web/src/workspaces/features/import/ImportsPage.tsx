import { type FeaturesImport, importsPageSchema } from '@kizashi/server/workspaces/features';
import { Anchor, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { usePages } from '../../../app/use-pages.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { importsKey, isBusyImport } from '../queries.ts';
import { useImportsLive } from '../use-live-changes.ts';
import { ImportState } from './ImportState.tsx';
import { UploadSection } from './UploadSection.tsx';

/** A file to be checked, and everything that was imported before. */
export function ImportsPage() {
  const { t } = useTranslation('features');
  const mayImport = useCan()('features.import');
  const columns = useColumns();
  const pages = usePages({
    queryKey: importsKey,
    path: '/api/features/imports',
    schema: importsPageSchema,
  });
  useImportsLive();
  return (
    <>
      <PageHeader
        title={t('import.title')}
        parents={[{ label: t('series.title'), to: '/features' }]}
        description={t('import.description')}
      />
      {mayImport && <UploadSection />}
      <Section title={t('import.list')}>
        <PagedList pages={pages} empty={<Empty icon="upload" title={t('import.empty')} />}>
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

function useColumns(): readonly Column<FeaturesImport>[] {
  const { t } = useTranslation('features');
  const format = useFormat();
  return useMemo(() => {
    const count = (value: number | undefined) =>
      value === undefined ? MISSING : format.number(value, 0);
    return [
      {
        id: 'file',
        header: t('import.column.file'),
        cell: ({ id, name }) => (
          <Anchor component={Link} to={`/features/import/${id}`} size="sm" fw={600}>
            {name}
          </Anchor>
        ),
      },
      {
        id: 'state',
        header: t('import.column.state'),
        cell: ({ state, progress }) => (
          <>
            <ImportState state={state} />
            {isBusyImport(state) && (
              <Progress mt={4} value={100 * progress} aria-label={t(`import.state.${state}`)} />
            )}
          </>
        ),
      },
      {
        id: 'series',
        header: t('import.column.series'),
        align: 'right',
        secondary: true,
        cell: ({ report }) => count(report?.seriesCount),
      },
      {
        id: 'points',
        header: t('import.column.points'),
        align: 'right',
        secondary: true,
        cell: ({ report }) => count(report?.points),
      },
      {
        id: 'rejected',
        header: t('import.column.rejected'),
        align: 'right',
        secondary: true,
        cell: ({ report }) => count(report?.rowsRejected),
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
    ];
  }, [t, format]);
}
