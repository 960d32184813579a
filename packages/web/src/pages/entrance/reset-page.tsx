import { okSchema } from '@kizashi/server/contract/http';
import { Anchor, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { FormError } from '../../ui/form-error.tsx';
import { NewPassword } from '../../ui/new-password.tsx';
import { Empty } from '../../ui/states.tsx';
import { Entrance } from './entrance.tsx';
import { useLinkSecret } from './link-secret.ts';

/** Where a reset link leads: a new password, then sign-in. */
export function ResetPage() {
  const { t } = useTranslation();
  const api = useApi();
  const secret = useLinkSecret();
  const [password, setPassword] = useState('');
  const reset = useMutation({
    mutationFn: () => api.post('/api/auth/reset', okSchema, { secret, password }),
    meta: shownInPlace,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    reset.mutate();
  }

  const toSignIn = (
    <Anchor component={Link} to="/sign-in">
      {t('signIn.submit')}
    </Anchor>
  );
  return (
    <Entrance title={t('reset.title')}>
      {reset.isSuccess ? (
        <Empty icon="check" title={t('reset.done')} action={toSignIn}>
          {t('reset.doneText')}
        </Empty>
      ) : secret === '' ? (
        <Empty icon="key" title={t('link.incomplete')} action={toSignIn}>
          {t('reset.incomplete')}
        </Empty>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <FormError error={reset.error} shown={['password']} />
            <NewPassword
              label={t('password.next')}
              value={password}
              onChange={setPassword}
              error={reset.error instanceof ApiError ? reset.error.field('password') : undefined}
            />
            <Button type="submit" loading={reset.isPending} fullWidth>
              {t('reset.submit')}
            </Button>
          </Stack>
        </form>
      )}
    </Entrance>
  );
}
