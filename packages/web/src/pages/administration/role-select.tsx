import { roleSchema, type User } from '@kizashi/server/contract/auth';
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUserChanges } from './use-user-changes.ts';

/** One's own role cannot be changed: nobody should lock themselves out by a slip. */
export function RoleSelect({ user, disabled }: { user: User; disabled: boolean }) {
  const { t } = useTranslation();
  const { change } = useUserChanges(user);
  return (
    <NativeSelect
      size="xs"
      w={136}
      aria-label={t('users.roleOf', { name: user.name })}
      value={change.isPending ? (change.variables?.role ?? user.role) : user.role}
      disabled={disabled || change.isPending}
      onChange={(event) => change.mutate({ role: roleSchema.parse(event.currentTarget.value) })}
      data={roleSchema.options.map((role) => ({ value: role, label: t(`role.${role}`) }))}
    />
  );
}
