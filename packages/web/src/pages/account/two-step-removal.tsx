import { okSchema } from '@kizashi/server/contract/http';
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { meKey } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';

export function TwoStepRemoval({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const [password, setPassword] = useState('');
  const remove = useMutation({
    mutationFn: () => api.delete('/api/auth/totp', okSchema, { password }),
    onSuccess: () => {
      changed(t('twoStep.removed'), meKey);
      onClose();
    },
    onSettled: () => setPassword(''),
    meta: shownInPlace,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    remove.mutate();
  }

  return (
    <Modal opened={opened} onClose={onClose} title={t('twoStep.remove')}>
      <form onSubmit={submit}>
        <Stack>
          <Text>{t('twoStep.removeText')}</Text>
          <FormError error={remove.error} />
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" color="shu" loading={remove.isPending} disabled={password === ''}>
              {t('twoStep.remove')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
