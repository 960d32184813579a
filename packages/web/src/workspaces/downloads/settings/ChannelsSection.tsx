import { Anchor, Checkbox, MultiSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '../../../app/channels.ts';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { Section } from '../../../ui/section.tsx';
import type { PartProps } from './part-props.ts';

const occasions = ['job-completed', 'job-failed', 'file-quarantined'] as const;

/** Who is told, and of what. */
export function ChannelsSection({ settings, change }: PartProps) {
  const { t } = useTranslation('downloads');
  const can = useCan();
  const channels = useQuery({ ...channelsQuery(useApi()), enabled: can('alerts.read') });
  const items = channels.data?.items ?? [];
  return (
    <Section title={t('settings.notify')} description={t('settings.notifyText')}>
      <Stack gap="md">
        {channels.data !== undefined && items.length === 0 ? (
          <Text size="sm">
            {t('settings.noChannels')}{' '}
            {can('channels.manage') && (
              <Anchor component={Link} to="/administration/channels" underline="always">
                {t('settings.toChannels')}
              </Anchor>
            )}
          </Text>
        ) : (
          <MultiSelect
            label={t('settings.channels')}
            data={items.map(({ id, name }) => ({ value: id, label: name }))}
            value={settings.channelIds}
            onChange={(channelIds) => change({ channelIds })}
            clearable
          />
        )}
        <Checkbox.Group
          label={t('settings.notifyOn')}
          value={settings.notifyOn}
          onChange={(chosen) =>
            change({ notifyOn: occasions.filter((one) => chosen.includes(one)) })
          }
        >
          <Stack gap="xs" mt={6}>
            {occasions.map((value) => (
              <Checkbox key={value} value={value} label={t(`settings.occasion.${value}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </Section>
  );
}
