import { Group, Text } from '@mantine/core';
import { useOrganisation } from '../session.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { UserMenu } from './user-menu.tsx';

export function HeaderTools() {
  const { name } = useOrganisation();
  return (
    <Group gap={4} wrap="nowrap">
      <Text className="kz-organisation" truncate visibleFrom="sm">
        {name}
      </Text>
      <LiveIndicator />
      <LanguageMenu />
      <AppearanceMenu />
      <UserMenu />
    </Group>
  );
}
