import { okSchema } from '@kizashi/server/contract/http';
import { deliveriesPageSchema, type deliverySchema } from '@kizashi/server/contract/notify';
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useApi } from '../../app/services.tsx';
import { useCan } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { usePages } from '../../app/use-pages.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { ChannelsHeader } from './channels-header.tsx';
import { deliveriesKey } from './query-keys.ts';

type Delivery = z.infer<typeof deliverySchema>;
const tones = { waiting: 'busy', sent: 'good', failed: 'bad', suppressed: 'quiet' } as const;

/** What was sent where, and why something was not. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const mayRetry = useCan()('channels.manage');
  const deliveries = usePages({
    queryKey: deliveriesKey,
    path: '/api/deliveries',
    schema: deliveriesPageSchema,
  });
  const retry = useMutation({
    mutationFn: (id: string) => api.post(`/api/deliveries/${id}/retry`, okSchema),
    onSuccess: () => changed(t('delivery.retried'), deliveriesKey),
  });
  const columns: Column<Delivery>[] = [
    { id: 'at', header: t('delivery.at'), cell: (delivery) => <Time at={delivery.createdAt} /> },
    {
      id: 'subject',
      header: t('delivery.subject'),
      cell: (delivery) => (
        <>
          <Text>{delivery.subject}</Text>
          {delivery.reason && (
            <Text size="sm" c="dimmed">
              {delivery.reason}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'channel',
      header: t('delivery.channel'),
      secondary: true,
      cell: (delivery) => delivery.channelName,
    },
    {
      id: 'state',
      header: t('field.state'),
      cell: (delivery) => (
        <StateBadge tone={tones[delivery.state]}>
          {t(`delivery.state.${delivery.state}`)}
        </StateBadge>
      ),
    },
    {
      id: 'attempts',
      header: t('delivery.attempts'),
      align: 'right',
      secondary: true,
      cell: (delivery) => delivery.attempts,
    },
    {
      id: 'actions',
      header: t('list.actions'),
      hiddenHeader: true,
      align: 'right',
      cell: (delivery) =>
        mayRetry &&
        delivery.state === 'failed' && (
          <Button
            size="xs"
            variant="default"
            loading={retry.isPending && retry.variables === delivery.id}
            onClick={() => retry.mutate(delivery.id)}
          >
            {t('state.retry')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <ChannelsHeader />
      <Section>
        <PagedList
          pages={deliveries}
          empty={
            <Empty icon="channel" title={t('delivery.none')}>
              {t('delivery.noneText')}
            </Empty>
          }
        >
          {(items) => (
            <DataTable
              label={t('delivery.title')}
              columns={columns}
              rows={items}
              rowKey={(delivery) => delivery.id}
            />
          )}
        </PagedList>
      </Section>
    </>
  );
}
