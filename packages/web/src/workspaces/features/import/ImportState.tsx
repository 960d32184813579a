import type { FeaturesImport } from '@kizashi/server/workspaces/features';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../../ui/state-badge.tsx';

const tones = {
  checking: 'busy',
  checked: 'warning',
  storing: 'busy',
  stored: 'good',
  failed: 'bad',
} as const;

export function ImportState({ state }: { readonly state: FeaturesImport['state'] }) {
  const { t } = useTranslation('features');
  return <StateBadge tone={tones[state]}>{t(`import.state.${state}`)}</StateBadge>;
}
