import type { DownloadAnalytics } from '@kizashi/server/workspaces/downloads';
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { useWords } from '../use-words.ts';

type Failure = DownloadAnalytics['failures'][number];
const patterns = ['one-host', 'one-hour', 'large-files', 'spread'] as const;

/** What failed, how often, and where these failures gather. */
export function Failures({ data }: { readonly data: DownloadAnalytics }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const columns = useMemo<readonly Column<Failure>[]>(
    () => [
      {
        id: 'message',
        header: t('analytics.failure.message'),
        cell: ({ message, code }) => (
          <>
            <div>{message}</div>
            <Text size="xs" c="dimmed" className="kz-mono">
              {code}
            </Text>
          </>
        ),
      },
      {
        id: 'count',
        header: t('analytics.failure.count'),
        align: 'right',
        cell: ({ count }) => words.count(count),
        sortBy: ({ count }) => count,
      },
      {
        id: 'pattern',
        header: t('analytics.failure.pattern'),
        cell: ({ pattern }) => {
          const known = patterns.find((one) => one === pattern);
          return known === undefined ? pattern : t(`analytics.pattern.${known}`);
        },
      },
      {
        id: 'hosts',
        header: t('analytics.hosts'),
        secondary: true,
        cell: ({ hosts }) => hosts.join(', '),
      },
      {
        id: 'last',
        header: t('analytics.failure.last'),
        secondary: true,
        cell: ({ lastAt }) => <Time at={lastAt} relative />,
      },
    ],
    [t, words],
  );
  return (
    <Section title={t('analytics.failures')}>
      {data.failures.length === 0 ? (
        <Empty icon="check" title={t('analytics.noFailures')} />
      ) : (
        <DataTable
          label={t('analytics.failures')}
          columns={columns}
          rows={data.failures}
          rowKey={({ code }) => code}
        />
      )}
    </Section>
  );
}
