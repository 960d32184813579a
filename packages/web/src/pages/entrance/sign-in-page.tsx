import { meSchema } from '@kizashi/server/contract/auth';
import {
  Alert,
  Anchor,
  Button,
  PasswordInput,
  PinInput,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { policyQuery } from '../../app/session.ts';
import { FormError } from '../../ui/form-error.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Entrance } from './entrance.tsx';
import { useEntered } from './use-entered.ts';

/** E-mail and password, then the code of the authenticator where one is set up. */
export function SignInPage() {
  const { t } = useTranslation();
  const api = useApi();
  const entered = useEntered();
  const search = useSearch({ strict: false }) as { return?: unknown };
  const policy = useQuery(policyQuery(api)).data;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [recovery, setRecovery] = useState(false);

  const signIn = useMutation({
    mutationFn: (code: string) =>
      api.post('/api/auth/login', meSchema, {
        email,
        password,
        ...(code === '' ? {} : { totp: code }),
      }),
    onSuccess: (me) => entered(me, search.return),
    meta: shownInPlace,
    onError: () => setTotp(''),
  });
  const failure = signIn.error;
  const needsCode =
    failure instanceof ApiError &&
    (failure.code === 'AUTH_TOTP_REQUIRED' || failure.code === 'AUTH_TOTP_WRONG');

  function submit(event: FormEvent) {
    event.preventDefault();
    signIn.mutate(totp.trim());
  }

  if (needsCode) {
    return (
      <Entrance
        title={t('signIn.code.title')}
        description={t(recovery ? 'signIn.code.recoveryText' : 'signIn.code.text')}
      >
        <form onSubmit={submit}>
          <Stack gap="md">
            {failure.code !== 'AUTH_TOTP_REQUIRED' && <FormError error={failure} />}
            {recovery ? (
              <TextInput
                label={t('signIn.code.recovery')}
                value={totp}
                onChange={(event) => setTotp(event.currentTarget.value)}
                autoComplete="off"
                data-autofocus
                autoFocus
              />
            ) : (
              <PinInput
                length={6}
                type="number"
                oneTimeCode
                autoFocus
                value={totp}
                onChange={setTotp}
                onComplete={(code) => signIn.mutate(code)}
                aria-label={t('signIn.code.label')}
              />
            )}
            <Button type="submit" loading={signIn.isPending} disabled={totp === ''} fullWidth>
              {t('signIn.submit')}
            </Button>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => setRecovery(!recovery)}
            >
              {t(recovery ? 'signIn.code.useApp' : 'signIn.code.useRecovery')}
            </Anchor>
          </Stack>
        </form>
      </Entrance>
    );
  }

  return (
    <Entrance title={t('signIn.title')} description={t('signIn.text')}>
      {policy?.needsSetup && (
        <Alert color="ai" icon={<Icon name="key" />} title={t('signIn.setup.title')}>
          {t('signIn.setup.text')}
        </Alert>
      )}
      <form onSubmit={submit}>
        <Stack gap="md">
          <FormError error={failure} />
          <TextInput
            label={t('field.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('field.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        {policy?.registration === 'open' ? (
          <Anchor component={Link} to="/register" size="sm">
            {t('signIn.register')}
          </Anchor>
        ) : (
          t('signIn.help')
        )}
      </Text>
    </Entrance>
  );
}
