import { useTranslation } from 'react-i18next';
import { workspaces } from '../workspaces/index.ts';

/** Texts whose key is only known while running, such as a workspace's labels: `sales:navigation.forecast`. */
export function useText(): (
  key: string,
  values?: Readonly<Record<string, string | number>>,
) => string {
  const { t } = useTranslation(['core', ...workspaces.map((workspace) => workspace.name)] as never);
  return t as never;
}
