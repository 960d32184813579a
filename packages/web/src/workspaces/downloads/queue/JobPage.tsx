import type { DownloadJob } from '@kizashi/server/workspaces/downloads';
import { Anchor, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { useApi } from '../../../app/services.tsx';
import { Caution } from '../../../ui/caution.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { jobQuery } from '../queries.ts';
import { StateOf } from '../StateOf.tsx';
import { useDownloadsLive } from '../use-downloads-live.ts';
import { useWords } from '../use-words.ts';
import { ControlMenu } from './ControlMenu.tsx';
import { ItemsSection } from './ItemsSection.tsx';
import { ProgressOf } from './ProgressOf.tsx';

/** One job: how far it is, and each of its files. */
export function JobPage() {
  const { t } = useTranslation('downloads');
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(jobQuery(useApi(), id));
  useDownloadsLive();
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Empty icon="search" title={t('job.notFound')} />;
  }
  return (
    <QueryState query={found} height={400}>
      {(job) => (
        <>
          <PageHeader
            title={job.name || t('job.unnamed')}
            parents={[{ label: t('queue.title'), to: '/downloads/queue' }]}
            description={
              <Group gap="xs">
                <StateOf state={job.state} />
                <Time at={job.createdAt} />
                <span>{job.createdBy}</span>
              </Group>
            }
            actions={<ControlMenu kind="jobs" of={job} labelled />}
          />
          <JobProgress job={job} />
          <ItemsSection jobId={job.id} />
        </>
      )}
    </QueryState>
  );
}

function JobProgress({ job }: { readonly job: DownloadJob }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const count = (state: keyof DownloadJob['counts']) => words.count(job.counts[state] ?? 0);
  const failed = job.counts.FAILED ?? 0;
  return (
    <Section title={t('job.progress')}>
      <Stack gap="md">
        {job.openInputs > 0 && (
          <Caution icon="clock" title={t('job.listing')}>
            {t('job.listingText')}
          </Caution>
        )}
        {failed > 0 && (
          <Caution icon="alert" title={t('jobs.failed', { failed: words.count(failed) })}>
            {t('job.failedText')}{' '}
            <Anchor
              component={Link}
              to="."
              search={{ state: 'FAILED' } as never}
              resetScroll={false}
              underline="always"
            >
              {t('job.showFailed')}
            </Anchor>
          </Caution>
        )}
        <ProgressOf of={job} size="lg" />
        <Facts
          facts={[
            { name: t('jobs.column.files'), value: words.count(job.items) },
            { name: t('state.COMPLETED'), value: count('COMPLETED') },
            { name: t('state.FAILED'), value: count('FAILED'), bad: failed > 0 },
            { name: t('state.CANCELLED'), value: count('CANCELLED') },
            {
              name: t('options.strategy'),
              value: t(`options.strategies.${job.strategy}`),
            },
            { name: t('jobs.column.priority'), value: words.count(job.priority) },
            ...(job.startAt === null
              ? []
              : [{ name: t('options.startAt'), value: <Time at={job.startAt} /> }]),
            { name: t('item.finished'), value: <Time at={job.finishedAt} /> },
          ]}
        />
      </Stack>
    </Section>
  );
}
