import '@mantine/dropzone/styles.layer.css';
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import { FormError } from './form-error.tsx';
import { Icon } from './icons.tsx';
import { Section } from './section.tsx';

interface Sending {
  readonly file: File;
  readonly fraction: number;
}

/** Takes one file by drag and drop or from the file dialogue, and shows how far it is sent. */
export function FileDrop({
  title,
  hint,
  extensions,
  wrongFile,
  offers = [],
  send,
}: {
  /** What to drop here. */
  readonly title: string;
  readonly hint: string;
  /** `['csv', 'tsv']`; the server looks at the bytes. */
  readonly extensions: readonly string[];
  /** Said about any other file. */
  readonly wrongFile: string;
  /** Files that are there already, such as an example: a button each. */
  readonly offers?: readonly { readonly label: string; readonly file: () => File }[];
  readonly send: (
    file: File,
    options: { readonly onProgress: (fraction: number) => void; readonly signal: AbortSignal },
  ) => Promise<void>;
}) {
  const { t } = useTranslation();
  const cancel = useRef<AbortController>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [failed, setFailed] = useState<{ file: File; error: unknown } | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => () => cancel.current?.abort(), []);

  async function start(file: File) {
    const controller = new AbortController();
    cancel.current = controller;
    setFailed(null);
    setRefused(false);
    setSending({ file, fraction: 0 });
    try {
      await send(file, {
        onProgress: (fraction) => setSending({ file, fraction }),
        signal: controller.signal,
      });
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
            <Button variant="default" onClick={() => void start(failed.file)}>
              {t('upload.retry')}
            </Button>
          </Group>
        </>
      )}
      {refused && (
        <Alert color="shu" variant="light" icon={<Icon name="alert" />} role="alert">
          {wrongFile}
        </Alert>
      )}
      <Dropzone
        multiple={false}
        // A browser's idea of a CSV's type depends on what else is installed; while it is dragged there is no name yet.
        validator={(file) =>
          !('name' in file) || hasExtension(file.name, extensions)
            ? null
            : { code: 'type', message: wrongFile }
        }
        onDrop={([file]) => file && void start(file)}
        onReject={() => setRefused(true)}
        p="xl"
        inputProps={{ 'aria-label': t('upload.file') }}
      >
        <Stack align="center" gap={6} mih={160} justify="center">
          <Icon name="upload" size={36} />
          <Text fw={600} size="lg" ta="center">
            {title}
          </Text>
          <Text c="var(--mantine-color-anchor)">{t('upload.choose')}</Text>
          <Text c="dimmed" size="sm" ta="center">
            {hint}
          </Text>
        </Stack>
      </Dropzone>
      {offers.length > 0 && (
        <Group>
          {offers.map(({ label, file }) => (
            <Button key={label} variant="default" onClick={() => void start(file())}>
              {label}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}

function hasExtension(name: string, extensions: readonly string[]): boolean {
  return extensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`));
}

function SendingProgress({
  file,
  fraction,
  onCancel,
}: Sending & { readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = t('upload.sending', { name: file.name });
  return (
    <Section>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{name}</Text>
          <Button variant="default" size="xs" onClick={onCancel}>
            {t('upload.cancel')}
          </Button>
        </Group>
        <Progress.Root size="lg">
          <Progress.Section value={100 * fraction} aria-label={name} />
        </Progress.Root>
        <Text size="sm" c="dimmed" role="status">
          {fraction < 1
            ? t('upload.sent', {
                sent: format.bytes(fraction * file.size),
                total: format.bytes(file.size),
              })
            : t('upload.checking')}
        </Text>
      </Stack>
    </Section>
  );
}
