import type { sourcesSchema } from '@kizashi/server/workspaces/downloads';
import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { shownInPlace } from '../../../app/query-meta.ts';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useChanged } from '../../../app/use-changed.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { sourcesKey, sourcesQuery } from '../queries.ts';

type Source = z.infer<typeof sourcesSchema>['items'][number];
const antivirusTones = {
  clamd: 'good',
  clamscan: 'good',
  absent: 'quiet',
  off: 'quiet',
} as const;
const anything = { parse: (value: unknown) => value };

/** Where models come from, and the tokens they ask for: written, never read back. */
export function SourcesSection() {
  const { t } = useTranslation('downloads');
  const sources = useQuery(sourcesQuery(useApi()));
  return (
    <Section title={t('sources.title')} description={t('sources.text')}>
      <QueryState query={sources} height={140}>
        {({ items, antivirus }) => (
          <Stack gap="lg">
            {items
              .filter(({ name }) => name !== 'http')
              .map((source) => (
                <SourceForm key={source.name} source={source} />
              ))}
            <div>
              <Group gap="xs">
                <Text fw={600}>{t('sources.antivirus')}</Text>
                <StateBadge tone={antivirusTones[antivirus]}>
                  {t(`sources.antivirusIs.${antivirus}`)}
                </StateBadge>
              </Group>
              <Text size="sm" c="dimmed">
                {t(`sources.antivirusText.${antivirus}`)}
              </Text>
            </div>
          </Stack>
        )}
      </QueryState>
    </Section>
  );
}

function SourceForm({ source }: { readonly source: Source }) {
  const { t } = useTranslation('downloads');
  const api = useApi();
  const changed = useChanged();
  const mayChange = useCan()('downloads.manage');
  const [token, setToken] = useState('');
  const name = t(`source.${source.name}`);
  const save = useMutation({
    meta: shownInPlace,
    mutationFn: (value: string) =>
      api.put(`/api/downloads/sources/${source.name}/token`, anything, { token: value }),
    onSuccess: (_, value) => {
      setToken('');
      changed(t(value === '' ? 'sources.removed' : 'sources.saved', { name }), sourcesKey);
    },
  });
  return (
    <form
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(token.trim());
      }}
    >
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        <StateBadge tone={source.hasToken ? 'good' : 'quiet'}>
          {t(source.hasToken ? 'sources.hasToken' : 'sources.noToken')}
        </StateBadge>
      </Group>
      {source.address !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {source.address}
        </Text>
      )}
      {mayChange && (
        <>
          <Group gap="xs" align="flex-end" mt={6}>
            <PasswordInput
              label={t('sources.token', { name })}
              value={token}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setToken(event.currentTarget.value)}
              flex="1 1 220px"
              maw={420}
            />
            <Button type="submit" loading={save.isPending} disabled={token.trim() === ''}>
              {t('sources.save')}
            </Button>
            {source.hasToken && (
              <ConfirmButton
                size="sm"
                title={t('sources.remove')}
                text={t('sources.removeText', { name })}
                confirm={t('sources.remove')}
                onConfirm={() => save.mutate('')}
              >
                {t('sources.remove')}
              </ConfirmButton>
            )}
          </Group>
          <FormError error={save.error} />
        </>
      )}
    </form>
  );
}
