import { type ImportMapping, importSchema, type Upload } from '@kizashi/server/workspaces/sales';
import { Button, Group, List, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownInPlace } from '../../../app/query-meta.ts';
import { useApi } from '../../../app/services.tsx';
import { organisationKey } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { Caution } from '../../../ui/caution.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Section } from '../../../ui/section.tsx';
import { importKey, importsKey } from '../queries.ts';

const modes = ['good-rows', 'all-or-nothing'] as const;

/** What to do with bad rows, what still stands in the way, and the start. */
export function StartForm({
  upload,
  mapping,
  problems,
  blocked,
  allowDuplicate,
}: {
  readonly upload: Upload;
  readonly mapping: ImportMapping;
  readonly problems: readonly string[];
  readonly blocked: boolean;
  readonly allowDuplicate: boolean;
}) {
  const { t } = useTranslation('sales');
  const api = useApi();
  const format = useFormat();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [mode, setMode] = useState<(typeof modes)[number]>('good-rows');
  const start = useMutation({
    meta: shownInPlace,
    mutationFn: () =>
      api.post('/api/sales/imports', importSchema, {
        uploadId: upload.id,
        mapping,
        mode,
        allowDuplicate,
      }),
    onSuccess: (started) => {
      queryClient.setQueryData(importKey(started.id), started);
      void queryClient.invalidateQueries({ queryKey: importsKey });
      // The first import decides the currency of the organisation.
      void queryClient.invalidateQueries({ queryKey: organisationKey });
      return navigate({ to: `/sales/import/${started.id}` as never });
    },
  });
  return (
    <Section title={t('import.start.title')}>
      <Stack gap="sm">
        {problems.length > 0 && (
          <Caution icon="alert" title={t('import.preview.problems')} role="status">
            <List size="sm">
              {problems.map((problem) => (
                <List.Item key={problem}>{problem}</List.Item>
              ))}
            </List>
          </Caution>
        )}
        <Radio.Group
          label={t('import.start.mode')}
          value={mode}
          onChange={(value) => setMode(value as typeof mode)}
        >
          <Stack gap="xs" mt={6}>
            {modes.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`import.start.modes.${value}`)}
                description={t(`import.start.modeTexts.${value}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <FormError error={start.error} />
        <Group>
          <Button disabled={blocked} loading={start.isPending} onClick={() => start.mutate()}>
            {t('import.start.submit', { rows: format.number(upload.rowsEstimated, 0) })}
          </Button>
          {blocked && (
            <Text size="sm" c="dimmed">
              {t('import.start.blocked')}
            </Text>
          )}
        </Group>
      </Stack>
    </Section>
  );
}
