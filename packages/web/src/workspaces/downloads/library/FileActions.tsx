import type { LibraryFile } from '@kizashi/server/workspaces/downloads';
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownInPlace } from '../../../app/query-meta.ts';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useChanged } from '../../../app/use-changed.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { libraryKey } from '../queries.ts';

/** Least letters of a reason. */
const REASON_CHARS = 3;
const anything = { parse: (value: unknown) => value };

/** What can be done with a file of the library. */
export function FileActions({ file }: { readonly file: LibraryFile }) {
  const { t } = useTranslation('downloads');
  const can = useCan();
  const api = useApi();
  const client = useQueryClient();
  const changed = useChanged();
  const navigate = useNavigate();
  const path = `/api/downloads/library/${file.id}`;
  const check = useMutation({
    mutationFn: () => api.post(`${path}/check`, anything),
    onSuccess: () => changed(t('file.checked'), libraryKey),
  });
  const remove = useMutation({
    mutationFn: () => api.delete(path, anything),
    onSuccess: async () => {
      await navigate({ to: '/downloads/library' });
      client.removeQueries({ queryKey: [...libraryKey, 'file', file.id] });
      changed(t('file.removed'), libraryKey);
    },
  });
  return (
    <>
      {file.state === 'stored' && (
        <Button
          component="a"
          href={`${path}/content`}
          download
          variant="default"
          size="xs"
          leftSection={<Icon name="download" size={15} />}
        >
          {t('file.download')}
        </Button>
      )}
      {can('downloads.run') && file.state !== 'missing' && (
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="shield" size={15} />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t('file.check')}
        </Button>
      )}
      {can('downloads.release') && file.state === 'quarantined' && <Release file={file} />}
      {can('downloads.manage') && (
        <ConfirmButton
          title={t('file.remove')}
          text={t('file.removeText', { path: file.path })}
          confirm={t('file.remove')}
          onConfirm={() => remove.mutate()}
          loading={remove.isPending}
          leftSection={<Icon name="trash" size={15} />}
        >
          {t('file.remove')}
        </ConfirmButton>
      )}
    </>
  );
}

function Release({ file }: { readonly file: LibraryFile }) {
  const { t } = useTranslation('downloads');
  const api = useApi();
  const changed = useChanged();
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const release = useMutation({
    meta: shownInPlace,
    mutationFn: () =>
      api.post(`/api/downloads/library/${file.id}/release`, anything, { reason: reason.trim() }),
    onSuccess: () => {
      close();
      changed(t('file.released'), libraryKey);
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="lock" size={15} />}
        onClick={open}
      >
        {t('file.release')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('file.release')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            release.mutate();
          }}
        >
          <Stack>
            <Text>{t('file.releaseText')}</Text>
            <Textarea
              label={t('file.reason')}
              description={t('file.reasonText')}
              value={reason}
              maxLength={500}
              autosize
              minRows={2}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
            <FormError error={release.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('control.keep')}
              </Button>
              <Button
                type="submit"
                color="shu"
                loading={release.isPending}
                disabled={reason.trim().length < REASON_CHARS}
              >
                {t('file.release')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
