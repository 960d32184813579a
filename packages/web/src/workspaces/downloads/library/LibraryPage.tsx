import {
  fileStateSchema,
  type LibraryFile,
  libraryPageSchema,
  verdictSchema,
} from '@kizashi/server/workspaces/downloads';
import { Anchor, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { usePages } from '../../../app/use-pages.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import classes from '../downloads.module.css';
import { libraryKey, librarySummaryQuery } from '../queries.ts';
import { VerdictOf } from '../StateOf.tsx';
import { useLibraryLive } from '../use-downloads-live.ts';
import { useWords } from '../use-words.ts';
import { FileState } from './FileState.tsx';

const TYPING_MS = 300;
const HASH = /^[0-9a-f]{8,64}$/i;
const searchSchema = z.object({
  state: fileStateSchema.optional().catch(undefined),
  verdict: verdictSchema.optional().catch(undefined),
  type: z.string().max(60).optional().catch(undefined),
});

/** What was downloaded: verified, scanned, and where it is. */
export function LibraryPage() {
  const { t } = useTranslation('downloads');
  useLibraryLive();
  return (
    <>
      <PageHeader title={t('library.title')} description={t('library.description')} />
      <Summary />
      <Files />
    </>
  );
}

function Summary() {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const summary = useQuery(librarySummaryQuery(useApi()));
  return (
    <Section>
      <QueryState query={summary} height={60}>
        {(data) => (
          <Facts
            facts={[
              { name: t('library.fact.files'), value: words.count(data.files) },
              { name: t('library.fact.bytes'), value: words.bytes(data.bytes) },
              { name: t('library.fact.saved'), value: words.bytes(data.savedBytes) },
              {
                name: t('library.fact.quarantined'),
                value: words.count(data.quarantined),
                bad: data.quarantined > 0,
              },
              {
                name: t('library.fact.folder'),
                value: <span className="kz-mono">{data.folder}</span>,
              },
            ]}
          />
        )}
      </QueryState>
    </Section>
  );
}

function Files() {
  const { t } = useTranslation('downloads');
  const [choice, change] = useSearchState(searchSchema);
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text.trim(), TYPING_MS);
  const summary = useQuery(librarySummaryQuery(useApi())).data;
  // Something long of hexadecimal digits alone is a hash.
  const words = HASH.test(typed) ? { hash: typed } : { search: typed || undefined };
  const query = { ...choice, ...words };
  const pages = usePages<LibraryFile>({
    queryKey: [...libraryKey, 'list', query],
    path: '/api/downloads/library',
    schema: libraryPageSchema,
    query,
    keepsPrevious: true,
  });
  const columns = useColumns();
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  return (
    <Section title={t('library.files')}>
      <Group gap="sm" align="flex-end" mb="sm">
        <TextInput
          label={t('library.search')}
          type="search"
          leftSection={<Icon name="search" size={16} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={280}
        />
        <Select
          label={t('library.state')}
          placeholder={t('items.all')}
          data={fileStateSchema.options.map((value) => ({
            value,
            label: t(`library.states.${value}`),
          }))}
          value={choice.state ?? null}
          onChange={(value) =>
            change({ state: fileStateSchema.options.find((one) => one === value) })
          }
          clearable
          w={170}
        />
        <Select
          label={t('items.column.verdict')}
          placeholder={t('items.all')}
          data={verdictSchema.options.map((value) => ({ value, label: t(`verdict.${value}`) }))}
          value={choice.verdict ?? null}
          onChange={(value) =>
            change({ verdict: verdictSchema.options.find((one) => one === value) })
          }
          clearable
          w={170}
        />
        <Select
          label={t('search.type')}
          placeholder={t('items.all')}
          data={summary?.types ?? []}
          value={choice.type ?? null}
          onChange={(value) => change({ type: value ?? undefined })}
          clearable
          w={170}
        />
      </Group>
      <PagedList pages={pages} empty={<NoFiles filtered={isFiltered} />}>
        {(files) => (
          <DataTable
            label={t('library.files')}
            columns={columns}
            rows={files}
            rowKey={({ id }) => id}
          />
        )}
      </PagedList>
    </Section>
  );
}

function NoFiles({ filtered }: { readonly filtered: boolean }) {
  const { t } = useTranslation('downloads');
  const mayRun = useCan()('downloads.run');
  if (filtered) return <Empty icon="search" title={t('library.noneOf')} />;
  return (
    <Empty
      icon="library"
      title={t('library.none')}
      action={
        mayRun && (
          <Button component={Link} to="/downloads" leftSection={<Icon name="search" size={15} />}>
            {t('jobs.search')}
          </Button>
        )
      }
    >
      {t('library.noneText')}
    </Empty>
  );
}

function useColumns(): readonly Column<LibraryFile>[] {
  const { t } = useTranslation('downloads');
  const words = useWords();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('items.column.name'),
        cell: (file) => (
          <span className={classes.name}>
            <Anchor component={Link} to={`/downloads/library/${file.id}`} size="sm" fw={600}>
              {file.path.split('/').at(-1)}
            </Anchor>
            {file.modelName !== null && (
              <Text size="xs" c="dimmed">
                {[file.modelName, file.versionName, file.creator]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </Text>
            )}
          </span>
        ),
      },
      {
        id: 'state',
        header: t('items.column.state'),
        cell: (file) => <FileState state={file.state} />,
      },
      {
        id: 'verdict',
        header: t('items.column.verdict'),
        cell: (file) => <VerdictOf verdict={file.verdict} />,
      },
      {
        id: 'verified',
        header: t('library.verified'),
        secondary: true,
        cell: (file) => t(`library.verifiedBy.${file.verified}`),
      },
      {
        id: 'type',
        header: t('search.type'),
        secondary: true,
        cell: (file) => file.type ?? MISSING,
      },
      {
        id: 'size',
        header: t('library.size'),
        align: 'right',
        secondary: true,
        cell: (file) => words.bytes(file.sizeBytes),
      },
      {
        id: 'added',
        header: t('library.added'),
        secondary: true,
        cell: (file) => <Time at={file.addedAt} relative />,
      },
    ],
    [t, words],
  );
}
