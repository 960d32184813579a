import { meSchema } from '@kizashi/server/contract/auth';
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { localeNames, localeOf, locales } from '../../app/i18n.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { meKey, useMe } from '../../app/session.ts';
import { useChangeLocale } from '../../app/use-change-locale.ts';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { Section } from '../../ui/section.tsx';
import { AccountHeader } from './account-header.tsx';

export function ProfilePage() {
  const { t, i18n } = useTranslation();
  const { user } = useMe();
  const api = useApi();
  const changed = useChanged();
  const changeLocale = useChangeLocale(true);
  const [name, setName] = useState(user.name);
  const save = useMutation({
    mutationFn: () => api.patch('/api/auth/me', meSchema, { name }),
    onSuccess: () => changed(t('action.saved'), meKey),
    meta: shownInPlace,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <>
      <AccountHeader title={t('account.profile.title')} />
      <Section>
        <form onSubmit={submit}>
          <Stack maw={420}>
            <FormError error={save.error} shown={['name']} />
            <TextInput
              label={t('field.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={120}
              autoComplete="name"
              error={save.error instanceof ApiError ? save.error.field('name') : undefined}
            />
            <div>
              <Text fw={500} size="sm">
                {t('field.email')}
              </Text>
              <Text>{user.email}</Text>
            </div>
            <div>
              <Text fw={500} size="sm">
                {t('field.role')}
              </Text>
              <Text>{t(`role.${user.role}`)}</Text>
              <Text size="sm" c="dimmed">
                {t(`role.about.${user.role}`)}
              </Text>
            </div>
            <NativeSelect
              label={t('field.language')}
              description={t('account.profile.language')}
              value={localeOf(i18n)}
              onChange={(event) =>
                changeLocale(locales.find((one) => one === event.currentTarget.value) ?? 'en')
              }
              data={locales.map((locale) => ({ value: locale, label: localeNames[locale] }))}
            />
            <Group>
              <Button type="submit" loading={save.isPending} disabled={name === user.name}>
                {t('action.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
    </>
  );
}
