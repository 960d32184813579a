import { Drawer, Stack, Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../ui/format.ts';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import type { DataChange } from '../refresh.ts';
import { useRefreshState } from '../services.tsx';
import { useFormat } from '../use-format.ts';
import { useText } from '../use-text.ts';

/** What changed since the page was opened, newest first. */
export function UpdatesDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const text = useText();
  const format = useFormat();
  const { history, refreshedAt } = useRefreshState();
  return (
    <Drawer opened={opened} onClose={onClose} position="right" title={t('updates.title')}>
      <Stack>
        {refreshedAt !== null && (
          <Text size="sm" c="dimmed">
            {t('updates.refreshed')} <Time at={refreshedAt} />
          </Text>
        )}
        {history.length === 0 ? (
          <Empty icon="clock" title={t('updates.none')}>
            {t('updates.noneText')}
          </Empty>
        ) : (
          <Timeline bulletSize={12} lineWidth={2}>
            {history.map((change) => (
              <Timeline.Item key={change.id}>
                <Text>{text(change.labelKey, inWords(change.values, format))}</Text>
                <Text size="sm" c="dimmed">
                  <Time at={change.at} />
                </Text>
              </Timeline.Item>
            ))}
          </Timeline>
        )}
      </Stack>
    </Drawer>
  );
}

/** Numbers as the reader expects them; i18next would write them bare. */
function inWords(values: DataChange['values'], format: Format): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? format.number(value) : value,
    ]),
  );
}
