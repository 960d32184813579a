import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { ALERTS_READ, useAlertsLive, useOpenAlerts } from '../alerts.ts';
import { useCan } from '../session.ts';

/** How many alerts wait for somebody, on every page. */
export function AlertsBadge() {
  const { t } = useTranslation();
  const allowed = useCan()(ALERTS_READ);
  const open = useOpenAlerts();
  useAlertsLive();
  if (!allowed) return null;
  const count = open?.items.length ?? 0;
  const label = t('alert.open', { count });
  return (
    <Tooltip label={label}>
      <Indicator
        disabled={count === 0}
        label={open?.nextCursor ? '99+' : count}
        color="shu.7"
        size={16}
        offset={6}
        zIndex={1}
      >
        <ActionIcon
          component={Link}
          to="/alerts"
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
        >
          <Icon name="bell" />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
