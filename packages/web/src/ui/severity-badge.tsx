import { useTranslation } from 'react-i18next';
import { StateBadge } from './state-badge.tsx';

const tones = { info: 'busy', warning: 'warning', critical: 'bad' } as const;

export function SeverityBadge({ severity }: { severity: keyof typeof tones }) {
  const { t } = useTranslation();
  return <StateBadge tone={tones[severity]}>{t(`severity.${severity}`)}</StateBadge>;
}
