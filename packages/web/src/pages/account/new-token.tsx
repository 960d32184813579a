import { tokenCreatedSchema } from '@kizashi/server/contract/auth';
import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { Icon } from '../../ui/icons.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import type { TokensOf } from './tokens-table.tsx';

const lifetimes = ['30', '90', '365', 'never'] as const;
const DAY_MS = 86_400_000;

interface NewTokenProps extends TokensOf {
  /** What its owner may do. */
  readonly permissions: readonly string[];
  readonly onClose: () => void;
}

export function NewToken({ opened, ...props }: NewTokenProps & { readonly opened: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('account.tokens.create')} size="lg">
      {opened && <NewTokenForm {...props} />}
    </Modal>
  );
}

/** What the token is for, what it may do, how long it lives; then its secret, once. */
export function NewTokenForm({ path, queryKey, permissions, onClose }: NewTokenProps) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [lifetime, setLifetime] = useState<string>('90');
  const create = useMutation({
    mutationFn: () =>
      api.post(path, tokenCreatedSchema, {
        name,
        scopes,
        expiresAt: lifetime === 'never' ? null : Date.now() + Number(lifetime) * DAY_MS,
      }),
    onSuccess: () => changed(t('account.tokens.created'), queryKey),
    meta: shownInPlace,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate();
  }

  if (create.data !== undefined) {
    return (
      <Stack>
        <Alert color="ki" variant="light" icon={<Icon name="key" />}>
          {t('account.tokens.once')}
        </Alert>
        <SecretField label={create.data.name} value={create.data.secret} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('action.done')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <FormError error={create.error} shown={['name']} />
        <TextInput
          label={t('field.name')}
          description={t('account.tokens.nameText')}
          required
          withAsterisk={false}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={create.error instanceof ApiError ? create.error.field('name') : undefined}
          data-autofocus
        />
        <Checkbox.Group
          label={t('account.tokens.scopes')}
          description={t('account.tokens.scopesText')}
          value={scopes}
          onChange={setScopes}
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
            {[...permissions].sort().map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                label={permission}
                classNames={{ label: 'kz-mono' }}
              />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <NativeSelect
          label={t('account.tokens.expires')}
          value={lifetime}
          onChange={(event) => setLifetime(event.currentTarget.value)}
          data={lifetimes.map((days) => ({
            value: days,
            label:
              days === 'never'
                ? t('time.never')
                : t('account.tokens.days', { count: Number(days) }),
          }))}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            loading={create.isPending}
            disabled={name.trim() === '' || scopes.length === 0}
          >
            {t('account.tokens.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
