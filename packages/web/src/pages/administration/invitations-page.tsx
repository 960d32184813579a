import { invitationSchema } from '@kizashi/server/contract/auth';
import { okSchema } from '@kizashi/server/contract/http';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { NewInvitation } from './new-invitation.tsx';
import { invitationsKey } from './query-keys.ts';
import { UsersHeader } from './users-header.tsx';

type Invitation = z.infer<typeof invitationSchema>;
const invitationsSchema = z.object({ items: z.array(invitationSchema) });

export function InvitationsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const [opened, { open, close }] = useDisclosure(false);
  const invitations = useQuery({
    queryKey: invitationsKey,
    queryFn: ({ signal }) => api.get('/api/invitations', invitationsSchema, { signal }),
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => api.delete(`/api/invitations/${id}`, okSchema),
    onSuccess: () => changed(t('invitation.withdrawn'), invitationsKey),
  });
  const columns: Column<Invitation>[] = [
    {
      id: 'email',
      header: t('field.email'),
      sortBy: (invitation) => invitation.email ?? '',
      cell: (invitation) => invitation.email ?? t('invitation.anybody'),
    },
    {
      id: 'role',
      header: t('field.role'),
      cell: (invitation) => t(`role.${invitation.role}`),
    },
    {
      id: 'state',
      header: t('field.state'),
      cell: (invitation) => <InvitationState invitation={invitation} />,
    },
    {
      id: 'expires',
      header: t('field.validUntil'),
      secondary: true,
      sortBy: (invitation) => invitation.expiresAt,
      cell: (invitation) => <Time at={invitation.expiresAt} />,
    },
    {
      id: 'actions',
      header: t('list.actions'),
      hiddenHeader: true,
      align: 'right',
      cell: (invitation) =>
        invitation.usedAt === null && (
          <Button
            size="xs"
            variant="default"
            loading={withdraw.isPending && withdraw.variables === invitation.id}
            onClick={() => withdraw.mutate(invitation.id)}
          >
            {t('invitation.withdraw')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <UsersHeader
        actions={
          <Button leftSection={<Icon name="plus" size={15} />} onClick={open}>
            {t('invitation.create')}
          </Button>
        }
      />
      <Section description={t('invitation.text')}>
        <QueryState query={invitations} lines={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="users" title={t('invitation.none')}>
                {t('invitation.noneText')}
              </Empty>
            ) : (
              <DataTable
                label={t('invitation.title')}
                columns={columns}
                rows={items}
                rowKey={(invitation) => invitation.id}
              />
            )
          }
        </QueryState>
      </Section>
      <NewInvitation opened={opened} onClose={close} />
    </>
  );
}

function InvitationState({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  if (invitation.usedAt !== null)
    return <StateBadge tone="good">{t('invitation.state.used')}</StateBadge>;
  if (invitation.expiresAt < Date.now())
    return <StateBadge tone="quiet">{t('invitation.state.expired')}</StateBadge>;
  return <StateBadge tone="busy">{t('invitation.state.open')}</StateBadge>;
}
