import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { useRefreshState, useServices } from '../services.tsx';

/** Says that what is shown is out of date. With live updates it loads by itself within seconds. */
export function StaleNotice() {
  const { t } = useTranslation();
  const { refresh } = useServices();
  const { stale, choice } = useRefreshState();
  return (
    <div role="status" className="kz-stale">
      {stale && choice !== 'live' && (
        <div className="kz-stale-card">
          {t('refresh.notice')}
          <Button
            size="compact-sm"
            variant="white"
            leftSection={<Icon name="refresh" size={14} />}
            onClick={refresh.refreshNow}
          >
            {t('refresh.show')}
          </Button>
        </div>
      )}
    </div>
  );
}
