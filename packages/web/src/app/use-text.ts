import { useTranslation } from 'react-i18next';
import { namespaces } from './i18n.ts';

/** Gives the text of a key with its namespace: `sales:navigation.forecast`. */
export type Text = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Texts whose key is only known while running, such as a workspace's labels. */
export function useText(): Text {
  const { t } = useTranslation(namespaces as never);
  return t as never;
}
