import type { RunState as State } from '@kizashi/server/workspaces/features';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../../ui/state-badge.tsx';

const tones = {
  planning: 'busy',
  running: 'busy',
  paused: 'warning',
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
} as const;

export function RunState({ state }: { readonly state: State }) {
  const { t } = useTranslation('features');
  return <StateBadge tone={tones[state]}>{t(`run.state.${state}`)}</StateBadge>;
}
