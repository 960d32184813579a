import { Group, Text } from '@mantine/core';
import { useOrganisation } from '../session.ts';
import { AlertsBadge } from './alerts-badge.tsx';
import { AppearanceMenu } from './appearance-menu.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { RefreshControl } from './refresh-control.tsx';
import { UserMenu } from './user-menu.tsx';

export function HeaderTools({ onHistory }: { onHistory: () => void }) {
  const { name } = useOrganisation();
  return (
    <Group gap={4} wrap="nowrap">
      <Text className="kz-organisation" truncate visibleFrom="md">
        {name}
      </Text>
      <LiveIndicator />
      <RefreshControl onHistory={onHistory} />
      <AlertsBadge />
      <Group gap={4} wrap="nowrap" visibleFrom="sm">
        <LanguageMenu />
        <AppearanceMenu />
      </Group>
      <UserMenu />
    </Group>
  );
}
