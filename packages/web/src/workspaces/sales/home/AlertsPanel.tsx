import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAlertWords } from '../../../app/alert-words.ts';
import { useAlertsLive, useOpenAlerts } from '../../../app/alerts.ts';
import { Section } from '../../../ui/section.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { Empty, Loading } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import classes from './home.module.css';

const SHOWN = 5;
const tones = { info: 'quiet', warning: 'warning', critical: 'bad' } as const;

/** What needs somebody's attention, newest first. */
export function AlertsPanel() {
  const { t } = useTranslation('sales');
  const words = useAlertWords();
  const alerts = useOpenAlerts();
  useAlertsLive();
  return (
    <Section
      title={t('home.alerts.title')}
      actions={
        <Anchor component={Link} to="/alerts" size="sm">
          {t('home.alerts.all')}
        </Anchor>
      }
    >
      {alerts === undefined ? (
        <Loading lines={3} height={120} />
      ) : alerts.items.length === 0 ? (
        <Empty icon="check" title={t('home.alerts.none')} />
      ) : (
        <ul className={classes.alerts}>
          {alerts.items.slice(0, SHOWN).map((alert) => (
            <li key={alert.id}>
              <StateBadge tone={tones[alert.severity]}>
                {t(`home.alerts.severity.${alert.severity}`)}
              </StateBadge>
              <div>
                <Link to={`/alerts/${alert.id}` as never}>{alert.ruleName}</Link>
                <div>{words(alert)}</div>
                <Time at={alert.firedAt} relative />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
