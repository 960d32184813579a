import type { DownloadAction, DownloadState } from '@kizashi/server/workspaces/downloads';
import { ActionIcon, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.ts';
import { Icon, type IconName } from '../../../ui/icons.tsx';
import { CancelJob } from './CancelJob.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { MAY, type Target, useControl } from './use-control.ts';

export interface Controlled {
  readonly id: string;
  readonly name: string;
  readonly state: DownloadState;
  readonly priority: number;
}

const actions: readonly { readonly name: DownloadAction; readonly icon: IconName }[] = [
  { name: 'pause', icon: 'pause' },
  { name: 'resume', icon: 'play' },
  { name: 'retry', icon: 'refresh' },
  { name: 'cancel', icon: 'stop' },
];

/** What can be done with a job or an item in its present state. Cancelling a whole job is asked for; an item's retry takes it back. */
export function ControlMenu({
  kind,
  of,
  labelled = false,
}: {
  readonly kind: Target;
  readonly of: Controlled;
  /** With its words beside the icon, where there is room. */
  readonly labelled?: boolean;
}) {
  const { t } = useTranslation('downloads');
  const control = useControl(kind, of.id);
  const { act } = control;
  const [menu, setMenu] = useState(false);
  const [asked, setAsked] = useState(false);
  if (!useCan()('downloads.run')) return null;
  const possible = actions.filter(({ name }) => MAY[name].includes(of.state));
  const first = possible[0];
  if (kind === 'items' && of.state === 'COMPLETED') return null;
  const start = (name: DownloadAction) =>
    name === 'cancel' && kind === 'jobs' ? setAsked(true) : act.mutate(name);
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {labelled &&
        possible.map(({ name, icon }) => (
          <Button
            key={name}
            variant="default"
            size="xs"
            leftSection={<Icon name={icon} size={15} />}
            loading={act.isPending && act.variables === name}
            onClick={() => start(name)}
          >
            {t(`control.${name}`)}
          </Button>
        ))}
      {!labelled && first && first.name !== 'cancel' && (
        <ActionIcon
          variant="default"
          loading={act.isPending}
          aria-label={t(`control.${first.name}Of`, { name: of.name })}
          onClick={() => act.mutate(first.name)}
        >
          <Icon name={first.icon} size={15} />
        </ActionIcon>
      )}
      {menu ? (
        <MoreMenu
          kind={kind}
          of={of}
          control={control}
          actions={labelled ? [] : possible}
          onAction={start}
        />
      ) : (
        // A list has many of these, and a menu is costly to draw: it is made when it is first asked for.
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('control.more', { name: of.name })}
          aria-haspopup="menu"
          aria-expanded={false}
          onClick={() => setMenu(true)}
        >
          <Icon name="dots" />
        </ActionIcon>
      )}
      {asked && (
        <CancelJob
          name={of.name}
          onClose={() => setAsked(false)}
          onConfirm={() => act.mutate('cancel')}
        />
      )}
    </Group>
  );
}
