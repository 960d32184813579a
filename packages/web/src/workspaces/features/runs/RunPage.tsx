import type { FeaturesRun } from '@kizashi/server/workspaces/features';
import { Alert, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { useApi } from '../../../app/services.tsx';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { durationText } from '../../../ui/duration-text.ts';
import { Facts } from '../../../ui/facts.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { runQuery } from '../queries.ts';
import { useRunsLive } from '../use-live-changes.ts';
import { RunActions } from './RunActions.tsx';
import { RunResults } from './RunResults.tsx';
import { RunSeries } from './RunSeries.tsx';
import { RunState } from './RunState.tsx';
import { RunTimings } from './RunTimings.tsx';

/** One run: how far it is, where the time goes, what it says of each series, and what came of it. */
export function RunPage() {
  const { t } = useTranslation('features');
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(runQuery(useApi(), id));
  useRunsLive();
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Empty icon="search" title={t('run.notFound')} />;
  }
  return (
    <QueryState query={found} height={400}>
      {(run) => (
        <>
          <PageHeader
            title={run.name || t('run.unnamed')}
            parents={[{ label: t('run.title'), to: '/features/runs' }]}
            description={
              <Group gap="xs">
                <RunState state={run.state} />
                <Time at={run.createdAt} />
                <span>{run.createdBy}</span>
              </Group>
            }
            actions={<RunActions run={run} />}
          />
          <RunProgress run={run} />
          {run.rowsWritten > 0 && <RunResults run={run} />}
          <RunTimings run={run} />
          <RunSeries run={run} />
        </>
      )}
    </QueryState>
  );
}

function RunProgress({ run }: { readonly run: FeaturesRun }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const count = (value: number) => format.number(value, 0);
  const { state } = run;
  const resting = state === 'done' || state === 'failed' || state === 'cancelled';
  return (
    <Section title={t('run.progress')}>
      <Stack gap="md">
        {state === 'failed' && (
          <Alert
            color="shu"
            variant="light"
            icon={<Icon name="alert" />}
            title={t('run.failed')}
            role="alert"
          >
            {run.error}
          </Alert>
        )}
        <div>
          <Progress
            size="lg"
            animated={state === 'running' || state === 'planning'}
            color={state === 'done' ? 'midori' : state === 'failed' ? 'shu' : 'ai'}
            value={100 * run.progress}
            aria-label={t('run.progress')}
          />
          <Group justify="space-between" mt={6}>
            <Text size="sm" role="status">
              {t('run.seriesDone', {
                done: count(run.seriesDone),
                total: count(run.seriesTotal),
                percent: format.percent(run.progress, 0),
              })}
            </Text>
            {!resting && (
              <Text size="sm" c="dimmed">
                {run.etaMs === null
                  ? t(state === 'paused' ? 'run.pausedText' : 'run.noEta')
                  : t('run.left', { time: durationText(run.etaMs, language) })}
              </Text>
            )}
          </Group>
        </div>
        <Facts
          facts={[
            {
              name: t('run.fact.points'),
              value: `${count(run.pointsDone)} / ${count(run.pointsTotal)}`,
            },
            { name: t('run.fact.rows'), value: count(run.rowsWritten) },
            { name: t('run.fact.cache'), value: count(run.cacheHits) },
            { name: t('run.fact.warnings'), value: count(run.warnings) },
            {
              name: t('run.fact.failed'),
              value: count(run.seriesFailed),
              bad: run.seriesFailed > 0,
            },
            {
              name: t('run.fact.took'),
              value:
                run.startedAt === null || run.finishedAt === null
                  ? MISSING
                  : durationText(run.finishedAt - run.startedAt, language),
            },
          ]}
        />
      </Stack>
    </Section>
  );
}
