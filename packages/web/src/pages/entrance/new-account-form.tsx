import { type Me, meSchema } from '@kizashi/server/contract/auth';
import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { localeOf } from '../../app/i18n.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { FormError } from '../../ui/form-error.tsx';
import { NewPassword } from '../../ui/new-password.tsx';

/** Name, e-mail and password of a new person; sent with `extra` to `path`. */
export function NewAccountForm({
  path,
  extra,
  submit,
  onDone,
}: {
  path: string;
  extra: Readonly<Record<string, string>>;
  submit: string;
  onDone: (me: Me) => void;
}) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const create = useMutation({
    mutationFn: () =>
      api.post(path, meSchema, { ...extra, name, email, password, locale: localeOf(i18n) }),
    onSuccess: onDone,
    meta: shownInPlace,
  });
  const failure = create.error instanceof ApiError ? create.error : undefined;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <FormError error={create.error} shown={['name', 'email', 'password']} />
        <TextInput
          label={t('field.name')}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={failure?.field('name')}
        />
        <TextInput
          label={t('field.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={failure?.field('email')}
        />
        <NewPassword
          label={t('field.password')}
          value={password}
          onChange={setPassword}
          error={failure?.field('password')}
        />
        <Button type="submit" loading={create.isPending} fullWidth>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
