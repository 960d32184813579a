import '@mantine/dropzone/styles.layer.css';
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { useApi } from '../../../app/services.tsx';
import { useFormat } from '../../../app/use-format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { uploadQuery } from '../queries.ts';
import { uploadFile } from './upload-file.ts';

interface Sending {
  readonly file: File;
  readonly fraction: number;
}

/** Takes a file by drag and drop or from the file dialogue, and sends it. */
export function UploadStep({ onUploaded }: { readonly onUploaded: (id: string) => void }) {
  const { t, i18n } = useTranslation('sales');
  const api = useApi();
  const queryClient = useQueryClient();
  const cancel = useRef<AbortController>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [failed, setFailed] = useState<{ file: File; error: unknown } | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => () => cancel.current?.abort(), []);

  async function send(file: File) {
    const controller = new AbortController();
    cancel.current = controller;
    setFailed(null);
    setRefused(false);
    setSending({ file, fraction: 0 });
    try {
      const upload = await uploadFile({
        file,
        locale: localeOf(i18n),
        onProgress: (fraction) => setSending({ file, fraction }),
        signal: controller.signal,
      });
      queryClient.setQueryData(uploadQuery(api, upload.id, {}).queryKey, upload);
      onUploaded(upload.id);
    } catch (error) {
      if (!controller.signal.aborted) setFailed({ file, error });
    } finally {
      setSending(null);
    }
  }

  if (sending) return <SendingProgress {...sending} onCancel={() => cancel.current?.abort()} />;
  return (
    <Stack>
      {failed && (
        <>
          <FormError error={failed.error} />
          <Group>
            <Button variant="default" onClick={() => void send(failed.file)}>
              {t('import.upload.retry')}
            </Button>
          </Group>
        </>
      )}
      {refused && (
        <Alert color="shu" variant="light" icon={<Icon name="alert" />} role="alert">
          {t('import.upload.notOne')}
        </Alert>
      )}
      <Dropzone
        multiple={false}
        // The server looks at the bytes; a browser's idea of a CSV's type depends on what else is installed.
        validator={(file) =>
          /\.(csv|tsv|txt)$/i.test('name' in file ? file.name : 'x.csv')
            ? null
            : { code: 'type', message: t('import.upload.notOne') }
        }
        onDrop={([file]) => file && void send(file)}
        onReject={() => setRefused(true)}
        p="xl"
        inputProps={{ 'aria-label': t('import.upload.file') }}
      >
        <Stack align="center" gap={6} mih={160} justify="center">
          <Icon name="upload" size={36} />
          <Text fw={600} size="lg">
            {t('import.upload.drop')}
          </Text>
          <Text c="var(--mantine-color-anchor)">{t('import.upload.choose')}</Text>
          <Text c="dimmed" size="sm" ta="center">
            {t('import.upload.hint')}
          </Text>
        </Stack>
      </Dropzone>
    </Stack>
  );
}

function SendingProgress({
  file,
  fraction,
  onCancel,
}: Sending & { readonly onCancel: () => void }) {
  const { t } = useTranslation('sales');
  const format = useFormat();
  const name = t('import.upload.sending', { name: file.name });
  return (
    <Section>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{name}</Text>
          <Button variant="default" size="xs" onClick={onCancel}>
            {t('import.upload.cancel')}
          </Button>
        </Group>
        <Progress.Root size="lg">
          <Progress.Section value={100 * fraction} aria-label={name} />
        </Progress.Root>
        <Text size="sm" c="dimmed" role="status">
          {fraction < 1
            ? t('import.upload.sent', {
                sent: format.bytes(fraction * file.size),
                total: format.bytes(file.size),
              })
            : t('import.upload.checking')}
        </Text>
      </Stack>
    </Section>
  );
}
