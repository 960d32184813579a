import { type User, userSchema } from '@kizashi/server/contract/auth';
import { okSchema } from '@kizashi/server/contract/http';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { usersKey } from './query-keys.ts';

/** Changing and removing one user; failures appear as notifications. */
export function useUserChanges(user: User) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const change = useMutation({
    mutationFn: (body: { role?: User['role']; disabled?: boolean }) =>
      api.patch(`/api/users/${user.id}`, userSchema, body),
    onSuccess: () => changed(t('action.saved'), usersKey),
  });
  const remove = useMutation({
    mutationFn: () => api.delete(`/api/users/${user.id}`, okSchema),
    onSuccess: () => changed(t('users.removed', { name: user.name }), usersKey),
  });
  const removeTwoStep = useMutation({
    mutationFn: () => api.delete(`/api/users/${user.id}/totp`, userSchema),
    onSuccess: () => changed(t('twoStep.removed'), usersKey),
  });
  return { change, remove, removeTwoStep };
}
