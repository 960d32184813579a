import type { LibraryFile } from '@kizashi/server/workspaces/downloads';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../../ui/state-badge.tsx';

const tones = { stored: 'good', quarantined: 'bad', missing: 'warning' } as const;

/** Where a file is, in a word. */
export function FileState({ state }: { readonly state: LibraryFile['state'] }) {
  const { t } = useTranslation('downloads');
  return <StateBadge tone={tones[state]}>{t(`library.states.${state}`)}</StateBadge>;
}
