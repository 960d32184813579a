import type { SalesImport } from '@kizashi/server/workspaces/sales';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../../ui/state-badge.tsx';
import classes from './import.module.css';

const tones = {
  waiting: 'quiet',
  running: 'busy',
  done: 'good',
  rejected: 'bad',
  failed: 'bad',
  cancelled: 'quiet',
  undoing: 'busy',
  undone: 'quiet',
} as const;

export function ImportState({ state }: { readonly state: SalesImport['state'] }) {
  const { t } = useTranslation('sales');
  return (
    <div className={classes.state}>
      <StateBadge tone={tones[state]}>{t(`import.state.${state}`)}</StateBadge>
    </div>
  );
}
