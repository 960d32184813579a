import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../services.tsx';

/** A dot that says whether live messages arrive; the words are read out and shown on hover. */
export function LiveIndicator() {
  const { t } = useTranslation();
  const state = useLiveState();
  const words = t(`live.${state}`);
  return (
    <Tooltip label={words}>
      <span className="kz-live" data-state={state} role="status" aria-label={words}>
        <span className="kz-live-dot" />
        <span className="kz-live-text">{t(`live.short.${state}`)}</span>
      </span>
    </Tooltip>
  );
}
