import type { IconName } from '../../ui/icons.tsx';
import { workspaces } from '../../workspaces/index.ts';
import { coreNavigation } from '../core-pages.ts';
import { useCan } from '../session.ts';
import { useText } from '../use-text.ts';

export interface NavigationGroup {
  readonly label: string;
  readonly entries: readonly {
    readonly path: string;
    readonly label: string;
    readonly icon: IconName;
  }[];
}

/** What the person may open, in words: one group per workspace, then the core's. */
export function useNavigationGroups(): readonly NavigationGroup[] {
  const text = useText();
  const can = useCan();
  const groups = [
    ...workspaces.map(({ name, navigation }) => ({
      namespace: name,
      labelKey: 'navigation.title',
      entries: navigation,
    })),
    ...coreNavigation.map((group) => ({ ...group, namespace: 'core' })),
  ];
  return groups
    .map(({ namespace, labelKey, entries }) => ({
      label: text(`${namespace}:${labelKey}`),
      entries: entries
        .filter((entry) => can(entry.permission))
        .map((entry) => ({ ...entry, label: text(`${namespace}:${entry.labelKey}`) })),
    }))
    .filter((group) => group.entries.length > 0);
}
