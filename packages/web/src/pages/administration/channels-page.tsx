import { okSchema } from '@kizashi/server/contract/http';
import { aboutSchema } from '@kizashi/server/contract/settings';
import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Channel, channelsKey, channelsQuery } from '../../app/channels.ts';
import { localeNames } from '../../app/i18n.ts';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { ChannelEditor } from './channel-editor.tsx';
import { ChannelsHeader } from './channels-header.tsx';
import { deliveriesKey } from './query-keys.ts';

/** Where alerts are sent: mail boxes and webhooks. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const [edited, setEdited] = useState<Channel | 'new'>();
  const channels = useQuery(channelsQuery(api));
  const about = useQuery({
    queryKey: ['about'],
    queryFn: ({ signal }) => api.get('/api/about', aboutSchema, { signal }),
  });
  const test = useMutation({
    mutationFn: (channel: Channel) => api.post(`/api/channels/${channel.id}/test`, okSchema),
    onSuccess: (_, channel) =>
      changed(t('channel.tested', { target: channel.target }), deliveriesKey),
  });
  const remove = useMutation({
    mutationFn: (channel: Channel) => api.delete(`/api/channels/${channel.id}`, okSchema),
    onSuccess: () => changed(t('channel.removed'), channelsKey),
  });
  const columns: Column<Channel>[] = [
    {
      id: 'name',
      header: t('field.name'),
      sortBy: (channel) => channel.name,
      cell: (channel) => (
        <>
          <Text fw={500}>{channel.name}</Text>
          <Text size="sm" c="dimmed">
            {t(`channel.kind.${channel.kind === 'email' ? 'email' : 'webhook'}`)} · {channel.target}
          </Text>
        </>
      ),
    },
    {
      id: 'state',
      header: t('field.state'),
      secondary: true,
      cell: (channel) => (
        <StateBadge tone={channel.enabled ? 'good' : 'quiet'}>
          {t(channel.enabled ? 'field.on' : 'field.off')}
        </StateBadge>
      ),
    },
    {
      id: 'quiet',
      header: t('channel.quiet'),
      secondary: true,
      cell: (channel) =>
        channel.quietHours === null
          ? t('channel.always')
          : `${channel.quietHours.from}–${channel.quietHours.to}`,
    },
    {
      id: 'locale',
      header: t('field.language'),
      secondary: true,
      cell: (channel) => localeNames[channel.locale],
    },
    {
      id: 'actions',
      header: t('list.actions'),
      hiddenHeader: true,
      align: 'right',
      cell: (channel) => (
        <Group gap="xs" justify="flex-end">
          <Button
            size="xs"
            variant="default"
            loading={test.isPending && test.variables.id === channel.id}
            onClick={() => test.mutate(channel)}
          >
            {t('channel.test')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setEdited(channel)}>
            {t('action.edit')}
          </Button>
          <ConfirmButton
            title={t('channel.remove')}
            text={t('channel.removeText', { name: channel.name })}
            confirm={t('channel.remove')}
            onConfirm={() => remove.mutate(channel)}
          >
            {t('action.remove')}
          </ConfirmButton>
        </Group>
      ),
    },
  ];
  const add = (
    <Button leftSection={<Icon name="plus" size={15} />} onClick={() => setEdited('new')}>
      {t('channel.create')}
    </Button>
  );
  return (
    <>
      <ChannelsHeader actions={add} />
      {about.data?.emailConfigured === false && (
        <Alert
          mb="md"
          color="ki"
          variant="light"
          icon={<Icon name="info" />}
          title={t('channel.noMail')}
        >
          {t('channel.noMailText')} <Code>KIZASHI_SMTP_URL</Code>
        </Alert>
      )}
      <Section>
        <QueryState query={channels} lines={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="channel" title={t('channel.none')}>
                {t('channel.noneText')}
              </Empty>
            ) : (
              <DataTable
                label={t('channel.title')}
                columns={columns}
                rows={items}
                rowKey={(channel) => channel.id}
              />
            )
          }
        </QueryState>
      </Section>
      <ChannelEditor channel={edited} onClose={() => setEdited(undefined)} />
    </>
  );
}
