import { permissionsSchema, type User } from '@kizashi/server/contract/auth';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/services.tsx';
import { Icon } from '../../ui/icons.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { NewTokenForm } from '../account/new-token.tsx';
import { TokensTable } from '../account/tokens-table.tsx';
import { userTokensKey } from './query-keys.ts';

/** The tokens that act as a person; opened for one user at a time. */
export function UserTokens({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={user !== undefined}
      onClose={onClose}
      title={t('account.tokens.title')}
      size="xl"
    >
      {user !== undefined && <Tokens user={user} />}
    </Modal>
  );
}

function Tokens({ user }: { user: User }) {
  const { t } = useTranslation();
  const [creating, { open, close }] = useDisclosure(false);
  const theirs = { path: `/api/users/${user.id}/tokens`, queryKey: userTokensKey(user.id) };
  if (creating) return <NewTokenOf user={user} {...theirs} onClose={close} />;
  return (
    <Stack>
      <Text>{t('users.tokensText', { name: user.name })}</Text>
      <TokensTable {...theirs} />
      <Group justify="flex-end">
        <Button size="xs" leftSection={<Icon name="plus" size={15} />} onClick={open}>
          {t('account.tokens.create')}
        </Button>
      </Group>
    </Stack>
  );
}

function NewTokenOf({
  user,
  ...form
}: Omit<Parameters<typeof NewTokenForm>[0], 'permissions'> & { user: User }) {
  const api = useApi();
  const permissions = useQuery({
    queryKey: ['permissions'],
    queryFn: ({ signal }) => api.get('/api/permissions', permissionsSchema, { signal }),
  });
  return (
    <QueryState query={permissions} height={260}>
      {({ items }) => (
        <NewTokenForm
          {...form}
          permissions={items
            .filter(({ roles }) => roles.includes(user.role))
            .map(({ name }) => name)}
        />
      )}
    </QueryState>
  );
}
