import type { DownloadAction } from '@kizashi/server/workspaces/downloads';
import { ActionIcon, Menu } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../../ui/icons.tsx';
import type { Controlled } from './ControlMenu.tsx';
import type { Target, useControl } from './use-control.ts';

const priorities = [100, 10, 0, -10, -100] as const;
const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];

/** Everything that can be done, opened as soon as it is there. */
export function MoreMenu({
  kind,
  of,
  control,
  actions,
  onAction,
}: {
  readonly kind: Target;
  readonly of: Controlled;
  readonly control: ReturnType<typeof useControl>;
  readonly actions: readonly { readonly name: DownloadAction; readonly icon: IconName }[];
  readonly onAction: (name: DownloadAction) => void;
}) {
  const { t } = useTranslation('downloads');
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Where the focus comes back to when the menu closes.
    button.current?.focus();
    setOpened(true);
  }, []);
  const ended = ENDED.includes(of.state);
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon
          ref={button}
          variant="subtle"
          color="gray"
          aria-label={t('control.more', { name: of.name })}
        >
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ name, icon }) => (
          <Menu.Item
            key={name}
            leftSection={<Icon name={icon} size={15} />}
            onClick={() => onAction(name)}
          >
            {t(`control.${name}`)}
          </Menu.Item>
        ))}
        {!ended && (
          <>
            <Menu.Label>{t('control.priority', { priority: of.priority })}</Menu.Label>
            {priorities.map((priority) => (
              <Menu.Item
                key={priority}
                {...(priority === of.priority && {
                  rightSection: <Icon name="check" size={15} label={t('control.chosen')} />,
                })}
                onClick={() => control.setPriority.mutate(priority)}
              >
                {t(`control.priorities.${priority}`)}
              </Menu.Item>
            ))}
          </>
        )}
        {kind === 'jobs' && ended && (
          <Menu.Item
            leftSection={<Icon name="trash" size={15} />}
            onClick={() => control.forget.mutate()}
          >
            {t('control.forget')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
