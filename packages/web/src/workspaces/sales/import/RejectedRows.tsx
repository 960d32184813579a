import {
  type importErrorSchema,
  importErrorsPageSchema,
  type SalesImport,
} from '@kizashi/server/workspaces/sales';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePages } from '../../../app/use-pages.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { Section } from '../../../ui/section.tsx';
import { importKey } from '../queries.ts';
import classes from './import.module.css';

type RowError = z.infer<typeof importErrorSchema>;

/** The rows that were left out, each with its place and reason, and the file of them. */
export function RejectedRows({ one }: { readonly one: SalesImport }) {
  const { t } = useTranslation('sales');
  const address = `/api/sales/imports/${one.id}`;
  const pages = usePages({
    // Asked for anew when the import has come further.
    queryKey: [...importKey(one.id), 'errors', one.state],
    path: `${address}/errors`,
    schema: importErrorsPageSchema,
  });
  const columns = useMemo<readonly Column<RowError>[]>(
    () => [
      {
        id: 'line',
        header: t('import.detail.line'),
        align: 'right',
        cell: ({ line }) => <span className={classes.line}>{line}</span>,
      },
      {
        id: 'column',
        header: t('import.detail.columnName'),
        cell: ({ column }) => column ?? t('import.detail.wholeRow'),
      },
      { id: 'value', header: t('import.detail.value'), cell: ({ value }) => value || MISSING },
      { id: 'reason', header: t('import.detail.reason'), cell: ({ message }) => message },
    ],
    [t],
  );
  return (
    <Section
      title={t('import.detail.errors')}
      description={t('import.detail.errorsText')}
      actions={
        <Button
          variant="default"
          size="xs"
          component="a"
          href={`${address}/rejected.csv`}
          download
          leftSection={<Icon name="download" size={15} />}
        >
          {t('import.detail.download')}
        </Button>
      }
    >
      <PagedList pages={pages} empty={null}>
        {(errors) => (
          <DataTable
            label={t('import.detail.errors')}
            columns={columns}
            rows={errors}
            rowKey={({ line, column, code }) => `${line} ${column} ${code}`}
          />
        )}
      </PagedList>
    </Section>
  );
}
