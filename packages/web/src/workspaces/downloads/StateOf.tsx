import type { DownloadState, Verdict } from '@kizashi/server/workspaces/downloads';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../ui/state-badge.tsx';

const stateTones = {
  PENDING: 'quiet',
  PROCESSING: 'busy',
  COMPLETED: 'good',
  FAILED: 'bad',
  CANCELLED: 'quiet',
  PAUSED: 'warning',
} as const;

/** The state of a job or an item in a word. */
export function StateOf({ state }: { readonly state: DownloadState }) {
  const { t } = useTranslation('downloads');
  return <StateBadge tone={stateTones[state]}>{t(`state.${state}`)}</StateBadge>;
}

const verdictTones = {
  clean: 'good',
  suspicious: 'warning',
  dangerous: 'bad',
  malformed: 'warning',
  unscannable: 'warning',
} as const;

/** What the scanner says in a word. */
export function VerdictOf({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation('downloads');
  return <StateBadge tone={verdictTones[verdict]}>{t(`verdict.${verdict}`)}</StateBadge>;
}
