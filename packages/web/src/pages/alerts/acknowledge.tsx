import { type Alert, alertSchema } from '@kizashi/server/contract/alerts';
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alertsKey } from '../../app/alerts.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { useCan } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { Section } from '../../ui/section.tsx';
import { Time } from '../../ui/time.tsx';

/** Who took note and what they wrote, or the form to do so. */
export function Acknowledge({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const allowed = useCan()('alerts.acknowledge');
  const [note, setNote] = useState('');
  const acknowledge = useMutation({
    mutationFn: () =>
      api.post(
        `/api/alerts/${alert.id}/acknowledge`,
        alertSchema,
        note.trim() === '' ? {} : { note: note.trim() },
      ),
    onSuccess: () => changed(t('alert.acknowledged'), alertsKey),
    meta: shownInPlace,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    acknowledge.mutate();
  }

  if (alert.state === 'acknowledged') {
    return (
      <Section title={t('alert.acknowledged')}>
        <Text c="dimmed">
          {alert.acknowledgedBy} · <Time at={alert.acknowledgedAt} />
        </Text>
        {alert.note && <Text className="kz-note">{alert.note}</Text>}
      </Section>
    );
  }
  if (!allowed) return null;
  return (
    <Section title={t('alert.acknowledge')} description={t('alert.acknowledgeText')}>
      <form onSubmit={submit}>
        <Stack maw={560}>
          <FormError error={acknowledge.error} />
          <Textarea
            label={t('alert.note')}
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={acknowledge.isPending}>
              {t('alert.acknowledge')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
