import type { Analysis } from '@kizashi/server/contract/analyses';
import { Button, Group, Loader, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { localeOf } from '../../app/i18n.ts';
import { useApi } from '../../app/services.tsx';
import { percentText } from '../../ui/figure-text.ts';
import { Icon } from '../../ui/icons.tsx';
import { Section } from '../../ui/section.tsx';
import { analysisAddress, isBusy } from './analysis-queries.ts';

/** How far the analyses of a file are, and the way to stop them. */
export function AnalysisProgress({
  analyses,
  onCancelled,
}: {
  readonly analyses: readonly Analysis[];
  readonly onCancelled: () => void;
}) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const cancel = useMutation({
    mutationFn: () =>
      Promise.all(analyses.map(({ id }) => api.delete(analysisAddress(id), z.null()))),
    onSuccess: onCancelled,
  });
  return (
    <Section>
      <Group justify="space-between" mb="sm">
        <Text fw={600}>{t('try.busy.title', { name: analyses[0]?.name ?? '' })}</Text>
        <Button
          variant="default"
          size="xs"
          onClick={() => cancel.mutate()}
          loading={cancel.isPending}
        >
          {t('upload.cancel')}
        </Button>
      </Group>
      <Stack gap="sm" role="status">
        {analyses.map(({ id, kind, state, progress }) => {
          const label = t(`try.busy.${kind}`);
          const { fraction, note } = progress;
          return (
            <div key={id}>
              <Group gap="xs" mb={4}>
                {isBusy(state) ? <Loader size="xs" /> : <Icon name="check" />}
                <Text size="sm">{label}</Text>
                <Text size="sm" c="dimmed">
                  {t(`tasks.state.${state}`)}
                </Text>
                {isBusy(state) && fraction > 0 && (
                  <Text size="sm" c="dimmed">
                    {percentText(Math.round(100 * fraction) / 100, localeOf(i18n))} {note}
                  </Text>
                )}
              </Group>
              {isBusy(state) && fraction > 0 && (
                <Progress size="lg" value={100 * fraction} aria-label={label} />
              )}
            </div>
          );
        })}
      </Stack>
      <Text size="sm" c="dimmed" mt="sm">
        {t('try.busy.text')}
      </Text>
    </Section>
  );
}
