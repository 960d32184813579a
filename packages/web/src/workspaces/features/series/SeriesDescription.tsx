import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { timeText } from '../../../charts/time-text.ts';
import type { SeriesName } from '../queries.ts';
import type { Points } from './points.ts';

export function SeriesDescription({
  name,
  points,
}: {
  readonly name: SeriesName;
  readonly points: Points;
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const { t: times, y, timeKind } = points;
  const missing = y.filter((value) => value === null).length;
  return (
    <Group component="span" gap="md">
      <span>{t('explorer.dataset', { name: name.loto })}</span>
      <span>{t('explorer.points', { points: format.number(times.length, 0) })}</span>
      {times.length > 0 && (
        <span>
          {timeText(times[0]!, timeKind, language)} – {timeText(times.at(-1)!, timeKind, language)}
        </span>
      )}
      {missing > 0 && <span>{t('explorer.missing', { missing: format.number(missing, 0) })}</span>}
    </Group>
  );
}
