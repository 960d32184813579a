import { type DownloadQueue, downloadStateSchema } from '@kizashi/server/workspaces/downloads';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { Caution } from '../../../ui/caution.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { queueQuery } from '../queries.ts';
import { useWords } from '../use-words.ts';

/** The whole at a glance, and why nothing goes on where nothing does. */
export function QueueSummary() {
  const { t } = useTranslation('downloads');
  const queue = useQuery(queueQuery(useApi()));
  return (
    <Section title={t('queue.glance')}>
      <QueryState query={queue} height={70}>
        {(data) => <Glance queue={data} />}
      </QueryState>
    </Section>
  );
}

function Glance({ queue }: { readonly queue: DownloadQueue }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const cap = queue.capBytesPerSecond;
  const counts = downloadStateSchema.options
    // What runs is told with its connections.
    .filter((state) => state !== 'PROCESSING' && (queue.counts[state] ?? 0) > 0)
    .map((state) => ({
      name: t(`state.${state}`),
      value: words.count(queue.counts[state] ?? 0),
      bad: state === 'FAILED',
    }));
  return (
    <Stack gap="md">
      {!queue.driven && (
        <Caution icon="alert" title={t('queue.undriven')}>
          {t('queue.undrivenText')}
        </Caution>
      )}
      {queue.heldBy !== null && (
        <Caution icon={queue.heldBy === 'paused' ? 'pause' : 'clock'} title={t('queue.held')}>
          {t(`queue.heldBy.${queue.heldBy}`)}
        </Caution>
      )}
      <Facts
        facts={[
          { name: t('queue.speed'), value: words.speed(queue.bytesPerSecond) },
          { name: t('queue.left'), value: words.seconds(queue.etaSeconds) },
          {
            name: t('queue.done'),
            value:
              queue.sizeBytes === null
                ? words.bytes(queue.doneBytes)
                : t('progress.bytes', {
                    done: words.bytes(queue.doneBytes),
                    size: words.bytes(queue.sizeBytes),
                  }),
          },
          {
            name: t('queue.running'),
            value: t('queue.runningOn', {
              files: words.count(queue.running),
              connections: words.count(queue.connections),
            }),
          },
          ...(cap === null ? [] : [{ name: t('queue.cap'), value: words.speed(cap) }]),
          ...(queue.disk === null
            ? []
            : [{ name: t('queue.disk'), value: words.bytes(queue.disk.freeBytes) }]),
          ...counts,
        ]}
      />
    </Stack>
  );
}
