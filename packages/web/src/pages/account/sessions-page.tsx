import { type Session, sessionSchema } from '@kizashi/server/contract/auth';
import { okSchema } from '@kizashi/server/contract/http';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { AccountHeader } from './account-header.tsx';
import { deviceName } from './device-name.ts';
import { sessionsKey } from './query-keys.ts';

const sessionsSchema = z.object({ items: z.array(sessionSchema) });

/** Where the person is signed in, and a way to end it. */
export function SessionsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const sessions = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => api.get('/api/auth/sessions', sessionsSchema, { signal }),
  });
  const end = useMutation({
    mutationFn: (id: string) => api.delete(`/api/auth/sessions/${id}`, okSchema),
    onSuccess: () => changed(t('account.sessions.ended'), sessionsKey),
  });
  const endOthers = useMutation({
    mutationFn: () => api.delete('/api/auth/sessions', okSchema),
    onSuccess: () => changed(t('account.sessions.othersEnded'), sessionsKey),
  });
  const columns: Column<Session>[] = [
    {
      id: 'device',
      header: t('account.sessions.device'),
      cell: (session) => (
        <Stack gap={0}>
          <Group gap="xs">
            {deviceName(session.userAgent) ?? t('account.sessions.unknown')}
            {session.current && (
              <StateBadge tone="good">{t('account.sessions.current')}</StateBadge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {session.address}
          </Text>
        </Stack>
      ),
    },
    {
      id: 'lastSeen',
      header: t('account.sessions.lastSeen'),
      cell: (session) => <Time at={session.lastSeenAt} relative />,
    },
    {
      id: 'created',
      header: t('account.sessions.since'),
      cell: (session) => <Time at={session.createdAt} />,
      secondary: true,
    },
    {
      id: 'actions',
      header: t('list.actions'),
      hiddenHeader: true,
      align: 'right',
      cell: (session) =>
        !session.current && (
          <Button
            variant="default"
            size="xs"
            loading={end.isPending && end.variables === session.id}
            onClick={() => end.mutate(session.id)}
          >
            {t('account.sessions.end')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <AccountHeader title={t('account.sessions.title')} />
      <Section
        description={t('account.sessions.text')}
        actions={
          <ConfirmButton
            title={t('account.sessions.endOthers')}
            text={t('account.sessions.endOthersText')}
            confirm={t('account.sessions.endOthers')}
            onConfirm={() => endOthers.mutate()}
          >
            {t('account.sessions.endOthers')}
          </ConfirmButton>
        }
      >
        <QueryState query={sessions} lines={4}>
          {({ items }) => (
            <DataTable
              label={t('account.sessions.title')}
              columns={columns}
              rows={items}
              rowKey={(session) => session.id}
            />
          )}
        </QueryState>
      </Section>
    </>
  );
}
