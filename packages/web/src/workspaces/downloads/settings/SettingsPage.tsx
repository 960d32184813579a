import {
  type DownloadSettings,
  downloadSettingsSchema,
} from '@kizashi/server/workspaces/downloads';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownInPlace } from '../../../app/query-meta.ts';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useChanged } from '../../../app/use-changed.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { settingsKey, settingsQuery } from '../queries.ts';
import { ChannelsSection } from './ChannelsSection.tsx';
import { FilesSection } from './FilesSection.tsx';
import { LimitsSection } from './LimitsSection.tsx';
import type { PartProps } from './part-props.ts';
import { ScheduleSection } from './ScheduleSection.tsx';
import { SourcesSection } from './SourcesSection.tsx';

/** How fast, when, where to, and who is told. */
export function SettingsPage() {
  const { t } = useTranslation('downloads');
  const settings = useQuery(settingsQuery(useApi()));
  return (
    <>
      <PageHeader title={t('settings.title')} description={t('settings.description')} />
      <SourcesSection />
      <QueryState query={settings} height={600}>
        {(data) => <SettingsForm key={JSON.stringify(data)} stored={data} />}
      </QueryState>
    </>
  );
}

function SettingsForm({ stored }: { readonly stored: DownloadSettings }) {
  const { t } = useTranslation('downloads');
  const mayChange = useCan()('downloads.manage');
  const api = useApi();
  const client = useQueryClient();
  const changed = useChanged();
  const [draft, setDraft] = useState(stored);
  const save = useMutation({
    meta: shownInPlace,
    mutationFn: () => api.put('/api/downloads/settings', downloadSettingsSchema, draft),
    onSuccess: (after) => {
      client.setQueryData(settingsKey, after);
      changed(t('settings.saved'));
    },
  });
  const part: PartProps = {
    settings: draft,
    change: (some) => setDraft({ ...draft, ...some }),
  };
  const isSound = downloadSettingsSchema.safeParse(draft).success;
  return (
    <Stack
      component="form"
      gap="md"
      mt="md"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <fieldset className="kz-fieldset" disabled={!mayChange} aria-label={t('settings.title')}>
        <LimitsSection {...part} />
        <ScheduleSection {...part} />
        <FilesSection {...part} />
        <ChannelsSection {...part} />
      </fieldset>
      <Section>
        <Stack gap="sm">
          <FormError error={save.error} />
          {!isSound && (
            <Text c="var(--kizashi-bad)" role="alert">
              {t('settings.unsound')}
            </Text>
          )}
          {mayChange ? (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!isSound}>
                {t('settings.save')}
              </Button>
            </Group>
          ) : (
            <Text c="dimmed">{t('settings.readOnly')}</Text>
          )}
        </Stack>
      </Section>
    </Stack>
  );
}
