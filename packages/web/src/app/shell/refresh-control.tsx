import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { refreshChoices } from '../refresh.ts';
import { useRefreshState, useServices } from '../services.tsx';

/** Load now, and how often to load without being asked. */
export function RefreshControl({ onHistory }: { onHistory: () => void }) {
  const { t } = useTranslation();
  const { refresh } = useServices();
  const { choice, stale } = useRefreshState();
  return (
    <Group gap={0} wrap="nowrap" className="kz-refresh">
      <Tooltip label={t(stale ? 'refresh.stale' : 'refresh.now')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={refresh.refreshNow}
          aria-label={t('refresh.now')}
          data-stale={stale}
        >
          <Icon name="refresh" />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            px={6}
            rightSection={<Icon name="chevronDown" size={13} />}
            aria-label={t('refresh.choose', { current: t(`refresh.choice.${choice}`) })}
          >
            <span className="kz-refresh-choice">{t(`refresh.choice.${choice}`)}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('refresh.title')}</Menu.Label>
          <Menu.RadioGroup
            value={choice}
            onChange={(value) =>
              refresh.choose(refreshChoices.find((one) => one === value) ?? 'live')
            }
          >
            {refreshChoices.map((one) => (
              <Menu.RadioItem key={one} value={one} closeMenuOnClick>
                {t(`refresh.choice.${one}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="clock" />} onClick={onHistory}>
            {t('updates.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
