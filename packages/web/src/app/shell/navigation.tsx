import { NavLink, ScrollArea, Text } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { workspaces } from '../../workspaces/index.ts';
import { coreNavigation } from '../core-pages.ts';
import { useCan } from '../session.ts';
import { useText } from '../use-text.ts';
import type { NavigationEntry } from '../workspace.ts';

interface Group {
  readonly label: string;
  readonly namespace: string;
  readonly entries: readonly NavigationEntry[];
}

/** What the person may open, one group per workspace, then the core's. */
export function Navigation() {
  const { t } = useTranslation();
  const text = useText();
  const can = useCan();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const groups: Group[] = [
    ...workspaces.map(({ name, navigation }) => ({
      label: text(`${name}:navigation.title`),
      namespace: name,
      entries: navigation,
    })),
    ...coreNavigation.map(({ labelKey, entries }) => ({
      label: text(`core:${labelKey}`),
      namespace: 'core',
      entries,
    })),
  ]
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => can(entry.permission)) }))
    .filter((group) => group.entries.length > 0);
  const current = currentEntry(path, groups);
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
                label={text(`${group.namespace}:${entry.labelKey}`)}
                leftSection={<Icon name={entry.icon} />}
                active={entry.path === current}
                aria-current={entry.path === current ? 'page' : undefined}
              />
            ))}
          </div>
        ))}
      </nav>
    </ScrollArea>
  );
}

/** The longest entry that the address starts with: `/sales/import/7` belongs to `/sales/import`, not to `/sales`. */
export function currentEntry(path: string, groups: readonly Pick<Group, 'entries'>[]) {
  return groups
    .flatMap((group) => group.entries.map((entry) => entry.path))
    .filter((entry) => path === entry || path.startsWith(`${entry}/`))
    .sort((a, b) => b.length - a.length)[0];
}
