import { channelSchema } from '@kizashi/server/contract/notify';
import {
  Button,
  Group,
  Modal,
  NativeSelect,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { type Channel, channelsKey } from '../../app/channels.ts';
import { localeNames, localeOf, locales } from '../../app/i18n.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { bodyOf, draftOf, newDraft } from './channel-draft.ts';

export function ChannelEditor({
  channel,
  onClose,
}: {
  channel: Channel | 'new' | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={channel !== undefined}
      onClose={onClose}
      title={t(channel === 'new' ? 'channel.create' : 'channel.edit')}
      size="lg"
    >
      {channel !== undefined && (
        <ChannelForm channel={channel === 'new' ? undefined : channel} onClose={onClose} />
      )}
    </Modal>
  );
}

function ChannelForm({ channel, onClose }: { channel: Channel | undefined; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const [draft, setDraft] = useState(() =>
    channel === undefined ? newDraft(localeOf(i18n)) : draftOf(channel),
  );
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: () =>
      channel === undefined
        ? api.post('/api/channels', channelSchema, bodyOf(draft))
        : api.put(`/api/channels/${channel.id}`, channelSchema, bodyOf(draft)),
    onSuccess: () => {
      changed(t('action.saved'), channelsKey);
      onClose();
    },
    meta: shownInPlace,
  });
  const failure = save.error instanceof ApiError ? save.error : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <FormError error={save.error} shown={['name', 'address']} />
        {channel === undefined && (
          <SegmentedControl
            aria-label={t('channel.kindLabel')}
            value={draft.kind}
            onChange={(kind) => set({ kind: kind === 'webhook' ? 'webhook' : 'email' })}
            data={[
              { value: 'email', label: t('channel.kind.email') },
              { value: 'webhook', label: t('channel.kind.webhook') },
            ]}
          />
        )}
        <TextInput
          label={t('field.name')}
          required
          withAsterisk={false}
          maxLength={120}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={failure?.field('name')}
          data-autofocus
        />
        {draft.kind === 'email' ? (
          <TagsInput
            label={t('channel.to')}
            description={t('channel.toText')}
            splitChars={[',', ' ', ';']}
            value={[...draft.to]}
            onChange={(to) => set({ to })}
            acceptValueOnBlur
            type="email"
          />
        ) : (
          <>
            <TextInput
              label={t('channel.address')}
              description={t(
                channel === undefined ? 'channel.addressText' : 'channel.addressKept',
                {
                  target: channel?.target ?? '',
                },
              )}
              type="url"
              required={channel === undefined}
              withAsterisk={false}
              placeholder="https://"
              maxLength={2000}
              value={draft.address}
              onChange={(event) => set({ address: event.currentTarget.value })}
              error={failure?.field('address')}
            />
            <PasswordInput
              label={t('channel.signingSecret')}
              description={t(channel === undefined ? 'channel.signingText' : 'channel.signingKept')}
              autoComplete="off"
              maxLength={200}
              value={draft.signingSecret}
              onChange={(event) => set({ signingSecret: event.currentTarget.value })}
            />
          </>
        )}
        <NativeSelect
          label={t('channel.language')}
          value={draft.locale}
          onChange={(event) => set({ locale: event.currentTarget.value === 'ja' ? 'ja' : 'en' })}
          data={locales.map((locale) => ({ value: locale, label: localeNames[locale] }))}
        />
        <Switch
          label={t('channel.quiet')}
          description={t('channel.quietText')}
          checked={draft.quiet}
          onChange={(event) => set({ quiet: event.currentTarget.checked })}
        />
        {draft.quiet && (
          <Group grow>
            <TextInput
              type="time"
              required
              withAsterisk={false}
              label={t('channel.quietFrom')}
              value={draft.quietFrom}
              onChange={(event) => set({ quietFrom: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              required
              withAsterisk={false}
              label={t('channel.quietTo')}
              value={draft.quietTo}
              onChange={(event) => set({ quietTo: event.currentTarget.value })}
            />
          </Group>
        )}
        <Switch
          label={t('channel.enabled')}
          checked={draft.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={draft.kind === 'email' && draft.to.length === 0}
          >
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
