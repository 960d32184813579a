import type { User } from '@kizashi/server/contract/auth';
import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { useUserChanges } from './use-user-changes.ts';

export function UserMenu({
  user,
  onResetLink,
  onTokens,
}: {
  user: User;
  onResetLink: () => void;
  onTokens: () => void;
}) {
  const { t } = useTranslation();
  const { change, remove, removeTwoStep } = useUserChanges(user);
  const [removing, removal] = useDisclosure(false);
  const [unprotecting, twoStep] = useDisclosure(false);
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
          <Menu.Item leftSection={<Icon name="external" />} onClick={onResetLink}>
            {t('users.resetLink')}
          </Menu.Item>
          {user.totpEnabled && (
            <Menu.Item leftSection={<Icon name="shield" />} onClick={twoStep.open}>
              {t('twoStep.remove')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="key" />} onClick={onTokens}>
            {t('account.tokens.title')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name={user.disabled ? 'check' : 'lock'} />}
            onClick={() => change.mutate({ disabled: !user.disabled })}
          >
            {t(user.disabled ? 'users.enable' : 'users.disable')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="var(--kizashi-bad)"
            leftSection={<Icon name="trash" />}
            onClick={removal.open}
          >
            {t('users.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Question
        opened={removing}
        title={t('users.remove')}
        text={t('users.removeText', { name: user.name, email: user.email })}
        loading={remove.isPending}
        onClose={removal.close}
        onConfirm={() => remove.mutate(undefined, { onSettled: removal.close })}
      />
      <Question
        opened={unprotecting}
        title={t('twoStep.remove')}
        text={t('users.removeTwoStepText', { name: user.name })}
        loading={removeTwoStep.isPending}
        onClose={twoStep.close}
        onConfirm={() => removeTwoStep.mutate(undefined, { onSettled: twoStep.close })}
      />
    </>
  );
}

function Question(props: {
  opened: boolean;
  title: string;
  text: string;
  loading: boolean;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useTranslation();
  const { title } = props;
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={title}>
      <Stack>
        <Text>{props.text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {t('action.cancel')}
          </Button>
          <Button color="shu" loading={props.loading} onClick={props.onConfirm}>
            {title}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
