import { resetLinkSchema, type User } from '@kizashi/server/contract/auth';
import { Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/services.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Time } from '../../ui/time.tsx';

/** Makes a link with which a person sets a new password; opened for one user at a time. */
export function ResetLink({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={user !== undefined} onClose={onClose} title={t('users.resetLink')} size="lg">
      {user !== undefined && <FreshLink user={user} />}
    </Modal>
  );
}

function FreshLink({ user }: { user: User }) {
  const { t } = useTranslation();
  const api = useApi();
  // Made when the window opens and forgotten when it closes: each link replaces the one before.
  const link = useQuery({
    queryKey: ['reset-link', user.id],
    queryFn: () => api.post(`/api/users/${user.id}/reset-link`, resetLinkSchema),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <QueryState query={link} height={120}>
      {(made) => (
        <Stack>
          <Text>{t('users.resetText', { name: user.name })}</Text>
          <SecretField label={t('field.link')} value={made.link} />
          <Text size="sm" c="dimmed">
            {t('field.validUntil')} <Time at={made.expiresAt} />
          </Text>
        </Stack>
      )}
    </QueryState>
  );
}
