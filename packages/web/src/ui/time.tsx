import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import { MISSING } from './figure-text.ts';

/** An instant in the organisation's zone; how long ago on hover. */
export function Time({ at, relative = false }: { at: number | null; relative?: boolean }) {
  const format = useFormat();
  const { t } = useTranslation();
  if (at === null) return <span>{relative ? t('time.never') : MISSING}</span>;
  const full = format.dateTime(at);
  const ago = format.relative(at, Date.now());
  return (
    <Tooltip label={relative ? full : ago}>
      <time dateTime={new Date(at).toISOString()}>{relative ? ago : full}</time>
    </Tooltip>
  );
}
