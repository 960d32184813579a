import { type DownloadItem, downloadStateSchema } from '@kizashi/server/workspaces/downloads';
import { ActionIcon, Anchor, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { useSearchState } from '../../../app/use-search-state.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import classes from '../downloads.module.css';
import { ITEMS_AT_ONCE, type ItemsChoice, itemsQuery } from '../queries.ts';
import { StateOf, VerdictOf } from '../StateOf.tsx';
import { useWords } from '../use-words.ts';
import { ControlMenu } from './ControlMenu.tsx';
import { ItemDetails } from './ItemDetails.tsx';
import { Pager, usePageCursor } from './Pager.tsx';
import { PhaseOf } from './PhaseOf.tsx';
import { ProgressOf } from './ProgressOf.tsx';

const TYPING_MS = 300;
const searchSchema = z.object({
  state: downloadStateSchema.optional().catch(undefined),
});

/** Items of a job, or of all jobs, in the order they run: one page of them at a time, however many there are. */
export function ItemsSection({ jobId }: { readonly jobId?: string }) {
  const { t } = useTranslation('downloads');
  const [{ state }, change] = useSearchState(searchSchema);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const choice: ItemsChoice = { jobId, state, search: search === '' ? undefined : search };
  const pages = usePageCursor(JSON.stringify(choice));
  const found = useQuery(itemsQuery(useApi(), choice, pages.cursor));
  const [detailsOf, showDetails] = useState<string>();
  const columns = useColumns(jobId === undefined, showDetails);
  return (
    <Section
      title={t('items.title')}
      actions={
        <Group gap="xs">
          <TextInput
            size="xs"
            type="search"
            aria-label={t('items.search')}
            placeholder={t('items.search')}
            leftSection={<Icon name="search" size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            w={190}
          />
          <Select
            size="xs"
            aria-label={t('items.state')}
            placeholder={t('items.all')}
            data={downloadStateSchema.options.map((value) => ({
              value,
              label: t(`state.${value}`),
            }))}
            value={state ?? null}
            onChange={(value) =>
              change({ state: downloadStateSchema.options.find((one) => one === value) })
            }
            clearable
            w={150}
          />
        </Group>
      }
    >
      <QueryState query={found} lines={6}>
        {({ items, nextCursor }) =>
          items.length === 0 && pages.page === 0 ? (
            <Empty icon="tasks" title={t('items.none')} />
          ) : (
            <>
              <DataTable
                label={t('items.title')}
                columns={columns}
                rows={items}
                rowKey={({ id }) => id}
              />
              <ItemDetails
                item={items.find(({ id }) => id === detailsOf)}
                onClose={() => showDetails(undefined)}
              />
              <Pager
                pages={pages}
                rows={items.length}
                rowsAtOnce={ITEMS_AT_ONCE}
                nextCursor={nextCursor}
                label={t('items.title')}
              />
            </>
          )
        }
      </QueryState>
    </Section>
  );
}

function useColumns(
  withJob: boolean,
  showDetails: (id: string) => void,
): readonly Column<DownloadItem>[] {
  const { t } = useTranslation('downloads');
  const words = useWords();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('items.column.name'),
        cell: (item) => (
          <>
            <span className={classes.name}>
              {item.fileId === null ? (
                item.name
              ) : (
                <Anchor component={Link} to={`/downloads/library/${item.fileId}`} size="sm">
                  {item.name}
                </Anchor>
              )}
            </span>
            {withJob && (
              <Text size="xs" c="dimmed">
                <Anchor
                  component={Link}
                  to={`/downloads/queue/${item.jobId}`}
                  size="xs"
                  c="dimmed"
                  underline="always"
                >
                  {item.jobName || t('job.unnamed')}
                </Anchor>
              </Text>
            )}
          </>
        ),
      },
      {
        id: 'state',
        header: t('items.column.state'),
        cell: (item) => (
          <>
            <StateOf state={item.state} />
            <PhaseOf item={item} />
            {item.error !== null && (
              <Text size="xs" c="var(--kizashi-bad)" maw={360}>
                {item.error.message}
              </Text>
            )}
          </>
        ),
      },
      {
        id: 'progress',
        header: t('items.column.progress'),
        cell: (item) => (item.linked ? t('items.linked') : <ProgressOf of={item} />),
      },
      {
        id: 'connections',
        header: t('items.column.connections'),
        align: 'right',
        secondary: true,
        cell: (item) => (item.state === 'PROCESSING' ? words.count(item.connections) : MISSING),
      },
      {
        id: 'host',
        header: t('items.column.host'),
        secondary: true,
        cell: (item) => item.host ?? MISSING,
      },
      {
        id: 'verdict',
        header: t('items.column.verdict'),
        secondary: true,
        cell: ({ verdict }) => (verdict === null ? MISSING : <VerdictOf verdict={verdict} />),
      },
      {
        id: 'actions',
        header: t('items.column.actions'),
        hiddenHeader: true,
        align: 'right',
        cell: (item) => (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('item.details', { name: item.name })}
              onClick={() => showDetails(item.id)}
            >
              <Icon name="info" />
            </ActionIcon>
            <ControlMenu kind="items" of={item} />
          </Group>
        ),
      },
    ],
    [t, words, withJob, showDetails],
  );
}
