import type { DownloadAction, DownloadState } from '@kizashi/server/workspaces/downloads';
import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../app/session.ts';
import { Icon, type IconName } from '../../../ui/icons.tsx';
import { MAY, type Target, useControl } from './use-control.ts';

const actions: readonly { readonly name: DownloadAction; readonly icon: IconName }[] = [
  { name: 'pause', icon: 'pause' },
  { name: 'resume', icon: 'play' },
  { name: 'retry', icon: 'refresh' },
  { name: 'cancel', icon: 'stop' },
];
const priorities = [100, 10, 0, -10, -100] as const;
const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];

/** What can be done with a job or an item in its present state. Cancelling a whole job is asked for; an item's retry takes it back. */
export function ControlMenu({
  kind,
  of,
  labelled = false,
}: {
  readonly kind: Target;
  readonly of: {
    readonly id: string;
    readonly name: string;
    readonly state: DownloadState;
    readonly priority: number;
  };
  /** With its words beside the icon, where there is room. */
  readonly labelled?: boolean;
}) {
  const { t } = useTranslation('downloads');
  const { act, setPriority, forget } = useControl(kind, of.id);
  const [asked, { open, close }] = useDisclosure(false);
  if (!useCan()('downloads.run')) return null;
  const possible = actions.filter(({ name }) => MAY[name].includes(of.state));
  const first = possible[0];
  const isBusy = act.isPending || setPriority.isPending || forget.isPending;
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
            onClick={() => (name === 'cancel' && kind === 'jobs' ? open() : act.mutate(name))}
          >
            {t(`control.${name}`)}
          </Button>
        ))}
      {!labelled && first && first.name !== 'cancel' && (
        <ActionIcon
          variant="default"
          loading={isBusy}
          aria-label={t(`control.${first.name}Of`, { name: of.name })}
          onClick={() => act.mutate(first.name)}
        >
          <Icon name={first.icon} size={15} />
        </ActionIcon>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('control.more', { name: of.name })}
          >
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(labelled ? [] : possible).map(({ name, icon }) => (
            <Menu.Item
              key={name}
              leftSection={<Icon name={icon} size={15} />}
              onClick={() => (name === 'cancel' && kind === 'jobs' ? open() : act.mutate(name))}
            >
              {t(`control.${name}`)}
            </Menu.Item>
          ))}
          {!ENDED.includes(of.state) && (
            <>
              <Menu.Label>{t('control.priority', { priority: of.priority })}</Menu.Label>
              {priorities.map((priority) => (
                <Menu.Item
                  key={priority}
                  {...(priority === of.priority && {
                    rightSection: <Icon name="check" size={15} label={t('control.chosen')} />,
                  })}
                  onClick={() => setPriority.mutate(priority)}
                >
                  {t(`control.priorities.${priority}`)}
                </Menu.Item>
              ))}
            </>
          )}
          {kind === 'jobs' && ENDED.includes(of.state) && (
            <Menu.Item
              leftSection={<Icon name="trash" size={15} />}
              onClick={() => forget.mutate()}
            >
              {t('control.forget')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asked} onClose={close} title={t('control.cancelTitle', { name: of.name })}>
        <Stack>
          <Text>{t('control.cancelText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('control.keep')}
            </Button>
            <Button
              color="shu"
              onClick={() => {
                close();
                act.mutate('cancel');
              }}
            >
              {t('control.cancelAll')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}
