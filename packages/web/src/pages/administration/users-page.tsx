import { type User, usersPageSchema } from '@kizashi/server/contract/auth';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { usePages } from '../../app/use-pages.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { usersKey } from './query-keys.ts';
import { ResetLink } from './reset-link.tsx';
import { RoleSelect } from './role-select.tsx';
import { UserMenu } from './user-menu.tsx';
import { UserTokens } from './user-tokens.tsx';
import { UsersHeader } from './users-header.tsx';

/** Who has an account, as what, and since when it was not used. */
export function UsersPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [linkFor, setLinkFor] = useState<User>();
  const [tokensOf, setTokensOf] = useState<User>();
  const users = usePages({ queryKey: usersKey, path: '/api/users', schema: usersPageSchema });
  const columns: Column<User>[] = [
    {
      id: 'name',
      header: t('field.name'),
      cell: (user) => (
        <>
          <Text fw={500}>{user.name}</Text>
          <Text size="sm" c="dimmed">
            {user.email}
          </Text>
        </>
      ),
    },
    {
      id: 'role',
      header: t('field.role'),
      cell: (user) => <RoleSelect user={user} disabled={user.id === me.user.id} />,
    },
    {
      id: 'state',
      header: t('field.state'),
      secondary: true,
      cell: (user) => (
        <StateBadge tone={user.disabled ? 'bad' : 'good'}>
          {t(user.disabled ? 'users.disabled' : 'users.active')}
        </StateBadge>
      ),
    },
    {
      id: 'twoStep',
      header: t('twoStep.title'),
      secondary: true,
      cell: (user) => t(user.totpEnabled ? 'twoStep.on' : 'twoStep.off'),
    },
    {
      id: 'lastSeen',
      header: t('users.lastSeen'),
      secondary: true,
      cell: (user) => <Time at={user.lastSeenAt} relative />,
    },
    {
      id: 'actions',
      header: t('list.actions'),
      hiddenHeader: true,
      align: 'right',
      cell: (user) =>
        user.id !== me.user.id && (
          <UserMenu
            user={user}
            onResetLink={() => setLinkFor(user)}
            onTokens={() => setTokensOf(user)}
          />
        ),
    },
  ];
  return (
    <>
      <UsersHeader />
      <Section>
        <PagedList pages={users} empty={<Empty icon="users" title={t('users.none')} />}>
          {(items) => (
            <DataTable
              label={t('users.title')}
              columns={columns}
              rows={items}
              rowKey={(user) => user.id}
            />
          )}
        </PagedList>
      </Section>
      <ResetLink user={linkFor} onClose={() => setLinkFor(undefined)} />
      <UserTokens user={tokensOf} onClose={() => setTokensOf(undefined)} />
    </>
  );
}
