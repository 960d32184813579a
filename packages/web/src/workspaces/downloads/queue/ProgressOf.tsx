import type { DownloadItem, DownloadJob } from '@kizashi/server/workspaces/downloads';
import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWords } from '../use-words.ts';

const colors = {
  PENDING: 'gray',
  PROCESSING: 'ai',
  COMPLETED: 'midori',
  FAILED: 'shu',
  CANCELLED: 'gray',
  PAUSED: 'ki',
} as const;

/** How far a job or an item is: a bar, and the same in numbers. */
export function ProgressOf({
  of,
  size,
}: {
  readonly of: DownloadItem | DownloadJob;
  readonly size?: 'lg';
}) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const { sizeBytes, doneBytes, state } = of;
  const share = sizeBytes === null || sizeBytes === 0 ? null : Math.min(1, doneBytes / sizeBytes);
  return (
    <div className="kz-progress">
      <Progress
        {...(size && { size })}
        value={share === null ? (state === 'COMPLETED' ? 100 : 0) : 100 * share}
        color={colors[state]}
        aria-label={t('progress.of', { name: of.name })}
      />
      <Text size="xs" c="dimmed" className="kz-number">
        {sizeBytes === null
          ? words.bytes(doneBytes)
          : t('progress.bytes', { done: words.bytes(doneBytes), size: words.bytes(sizeBytes) })}
        {state === 'PROCESSING' && ` · ${words.speed(of.bytesPerSecond)}`}
        {state === 'PROCESSING' &&
          of.etaSeconds !== null &&
          ` · ${t('progress.left', { time: words.seconds(of.etaSeconds) })}`}
      </Text>
    </div>
  );
}
