import { okSchema } from '@kizashi/server/contract/http';
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { useMe } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { NewPassword } from '../../ui/new-password.tsx';
import { Section } from '../../ui/section.tsx';
import { sessionsKey } from './query-keys.ts';

export function PasswordSection() {
  const { t } = useTranslation();
  const { user } = useMe();
  const api = useApi();
  const changed = useChanged();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const save = useMutation({
    mutationFn: () => api.post('/api/auth/password', okSchema, { current, next }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      changed(t('password.changed'), sessionsKey);
    },
    meta: shownInPlace,
  });
  const failure = save.error instanceof ApiError ? save.error : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <Section title={t('field.password')} description={t('password.text')}>
      <form onSubmit={submit}>
        <Stack maw={420}>
          <FormError error={save.error} shown={['current', 'next']} />
          {/* Lets password managers know whose password this is. */}
          <input type="hidden" autoComplete="username" value={user.email} readOnly />
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={failure?.field('current')}
          />
          <NewPassword
            label={t('password.next')}
            value={next}
            onChange={setNext}
            error={failure?.field('next')}
          />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={current === '' || next === ''}>
              {t('password.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
