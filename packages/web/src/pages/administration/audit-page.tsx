import { type auditEntrySchema, auditPageSchema } from '@kizashi/server/contract/auth';
import { Code, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { usePages } from '../../app/use-pages.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';

type Entry = z.infer<typeof auditEntrySchema>;

/** Who did what, from where. Nothing here can be changed. */
export function AuditPage() {
  const { t } = useTranslation();
  const [actor, setActor] = useState('');
  const [action, setAction] = useState('');
  const [filter] = useDebouncedValue({ actor: actor.trim(), action: action.trim() }, 300);
  const entries = usePages({
    queryKey: ['audit', filter],
    path: '/api/audit',
    schema: auditPageSchema,
    query: { actor: filter.actor || undefined, action: filter.action || undefined },
  });
  const columns: Column<Entry>[] = [
    { id: 'at', header: t('audit.at'), cell: (entry) => <Time at={entry.at} /> },
    {
      id: 'actor',
      header: t('audit.actor'),
      cell: (entry) => (entry.actor === 'system' ? t('audit.system') : entry.actor),
    },
    {
      id: 'action',
      header: t('audit.action'),
      cell: (entry) => <Code className="kz-mono">{entry.action}</Code>,
    },
    {
      id: 'target',
      header: t('audit.target'),
      secondary: true,
      cell: (entry) => (
        <>
          <Text size="sm">{entry.target}</Text>
          {Object.keys(entry.details).length > 0 && (
            <Code className="kz-mono kz-wrap">{JSON.stringify(entry.details)}</Code>
          )}
        </>
      ),
    },
    {
      id: 'address',
      header: t('audit.address'),
      secondary: true,
      cell: (entry) => entry.address,
    },
  ];
  return (
    <>
      <PageHeader title={t('audit.title')} description={t('audit.text')} />
      <Section>
        <Group mb="sm" gap="sm">
          <TextInput
            leftSection={<Icon name="search" size={15} />}
            placeholder={t('audit.actor')}
            aria-label={t('audit.actor')}
            value={actor}
            onChange={(event) => setActor(event.currentTarget.value)}
          />
          <TextInput
            leftSection={<Icon name="search" size={15} />}
            placeholder={t('audit.action')}
            aria-label={t('audit.action')}
            value={action}
            onChange={(event) => setAction(event.currentTarget.value)}
          />
        </Group>
        <PagedList pages={entries} empty={<Empty icon="audit" title={t('audit.none')} />}>
          {(items) => (
            <DataTable
              label={t('audit.title')}
              columns={columns}
              rows={items}
              rowKey={(entry) => entry.id}
            />
          )}
        </PagedList>
      </Section>
    </>
  );
}
