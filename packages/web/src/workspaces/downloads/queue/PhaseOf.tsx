import type { DownloadItem } from '@kizashi/server/workspaces/downloads';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';

/** What happens to an item just now, where its state alone does not say it. */
export function PhaseOf({ item }: { readonly item: DownloadItem }) {
  const { t } = useTranslation('downloads');
  const format = useFormat();
  if (item.state !== 'PENDING' && item.state !== 'PROCESSING') return null;
  const { phase, heldBy, retryAt } = item;
  if (phase === 'waiting') return null;
  const words =
    phase === 'held' && heldBy !== null
      ? t(`held.${heldBy}`)
      : phase === 'backing-off' && retryAt !== null
        ? t('phase.retryAt', { time: format.time(retryAt) })
        : t(`phase.${phase}`);
  return (
    <Text size="xs" c="dimmed">
      {words}
    </Text>
  );
}
