import { Group, Kbd, Modal, Stack, Switch, Table } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useServices } from '../services.tsx';
import type { Shortcut } from './key-sequence.ts';
import { useNavigationGroups } from './use-navigation-groups.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** Keys that work on every page, listed under `?`. They can be switched off, since single keys can be hit by accident. */
export function Shortcuts({ onHistory }: { onHistory: () => void }) {
  const { t } = useTranslation();
  const { refresh } = useServices();
  const navigate = useNavigate();
  const groups = useNavigationGroups();
  const [opened, list] = useDisclosure(false);
  const [enabled, setEnabled] = useLocalStorage({ key: 'kizashi.shortcuts', defaultValue: true });
  const help: Shortcut = { keys: ['?'], label: t('shortcut.help'), run: list.open };
  const shortcuts: readonly Shortcut[] = [
    help,
    { keys: ['r'], label: t('refresh.now'), run: refresh.refreshNow },
    { keys: ['u'], label: t('updates.open'), run: onHistory },
    ...groups
      .flatMap((group) => group.entries)
      .slice(0, 9)
      .map((entry, index) => ({
        keys: ['g', String(index + 1)],
        label: t('shortcut.goTo', { page: entry.label }),
        run: () => void navigate({ to: entry.path }),
      })),
  ];
  useShortcuts(shortcuts, enabled);
  return (
    <Modal opened={opened} onClose={list.close} title={t('shortcut.title')}>
      <Stack>
        <Switch
          label={t('shortcut.enabled')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <Table>
          <Table.Tbody>
            {shortcuts.map((shortcut) => (
              <Table.Tr key={shortcut.keys.join(' ')}>
                <Table.Td w={110}>
                  <Group gap={4}>
                    {shortcut.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </Group>
                </Table.Td>
                <Table.Td>{shortcut.label}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}
