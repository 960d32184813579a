import { invitationCreatedSchema, roleSchema, type User } from '@kizashi/server/contract/auth';
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Time } from '../../ui/time.tsx';
import { invitationsKey } from './query-keys.ts';

/** Whom and as what; then the link, once. */
export function NewInvitation({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('invitation.create')} size="lg">
      {opened && <InvitationForm onClose={onClose} />}
    </Modal>
  );
}

function InvitationForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<User['role']>('viewer');
  const create = useMutation({
    mutationFn: () =>
      api.post('/api/invitations', invitationCreatedSchema, {
        role,
        ...(email.trim() === '' ? {} : { email: email.trim() }),
      }),
    onSuccess: () => changed(t('invitation.created'), invitationsKey),
    meta: shownInPlace,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  if (create.data !== undefined) {
    return (
      <Stack>
        <Text>{t('invitation.once')}</Text>
        <SecretField label={t('field.link')} value={create.data.link} />
        <Text size="sm" c="dimmed">
          {t('field.validUntil')} <Time at={create.data.expiresAt} />
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('action.done')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <FormError error={create.error} shown={['email']} />
        <TextInput
          label={t('field.email')}
          description={t('invitation.emailText')}
          type="email"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={create.error instanceof ApiError ? create.error.field('email') : undefined}
          data-autofocus
        />
        <NativeSelect
          label={t('field.role')}
          description={t(`role.about.${role}`)}
          value={role}
          onChange={(event) => setRole(roleSchema.parse(event.currentTarget.value))}
          data={roleSchema.options.map((one) => ({ value: one, label: t(`role.${one}`) }))}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('invitation.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
