import { Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { AppearanceMenu } from './appearance-menu.tsx';
import { currentEntry } from './current-entry.ts';
import { LanguageMenu } from './language-menu.tsx';
import { useNavigationGroups } from './use-navigation-groups.ts';

export function Navigation() {
  const { t } = useTranslation();
  const groups = useNavigationGroups();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const current = currentEntry(
    path,
    groups.flatMap((group) => group.entries.map((entry) => entry.path)),
  );
  return (
    <ScrollArea type="auto" h="100%">
      <nav aria-label={t('shell.navigation')} className="kz-navigation">
        {groups.map((group) => (
          <div key={group.label}>
            <Text className="kz-navigation-group">{group.label}</Text>
            {group.entries.map((entry) => (
              <NavLink
                key={entry.path}
                component={Link}
                to={entry.path}
                // On a page below an entry the link alone would call every shorter entry the current one, too.
                activeOptions={{ exact: true, includeSearch: false }}
                label={entry.label}
                leftSection={<Icon name={entry.icon} />}
                active={entry.path === current}
                aria-current={entry.path === current ? 'page' : undefined}
              />
            ))}
          </div>
        ))}
      </nav>
      <Group hiddenFrom="sm" p="md" gap="xs">
        <LanguageMenu />
        <AppearanceMenu />
      </Group>
    </ScrollArea>
  );
}
