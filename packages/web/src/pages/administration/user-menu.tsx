import type { User } from '@kizashi/server/contract/auth';
import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { useUserChanges } from './use-user-changes.ts';

export function UserMenu({ user, onResetLink }: { user: User; onResetLink: () => void }) {
  const { t } = useTranslation();
  const { change, remove } = useUserChanges(user);
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('users.actionsFor', { name: user.name })}
          >
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="key" />} onClick={onResetLink}>
            {t('users.resetLink')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name={user.disabled ? 'check' : 'lock'} />}
            onClick={() => change.mutate({ disabled: !user.disabled })}
          >
            {t(user.disabled ? 'users.enable' : 'users.disable')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="var(--kizashi-bad)" leftSection={<Icon name="trash" />} onClick={open}>
            {t('users.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking} onClose={close} title={t('users.remove')}>
        <Stack>
          <Text>{t('users.removeText', { name: user.name, email: user.email })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('action.cancel')}
            </Button>
            <Button
              color="shu"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSettled: close })}
            >
              {t('users.remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
