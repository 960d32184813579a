import type { Bucket } from '@kizashi/series';
import { SegmentedControl, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { horizons } from '../period.ts';
import type { HomeSearch } from '../search.ts';

/** Width of a point, horizon, and the period before. */
export function RevenueControls({
  bucket,
  horizon,
  search,
  onChange,
}: {
  readonly bucket: Bucket;
  /** In buckets; 0 shows no forecast. */
  readonly horizon: number;
  readonly search: HomeSearch;
  readonly onChange: (change: Partial<HomeSearch>) => void;
}) {
  const { t } = useTranslation('sales');
  const choices = [...new Set([0, ...horizons[bucket], horizon])].sort((a, b) => a - b);
  return (
    <>
      <Switch
        size="xs"
        label={t('series.compare')}
        checked={search.compare !== undefined}
        onChange={(event) =>
          onChange({ compare: event.currentTarget.checked ? 'true' : undefined })
        }
      />
      <Select
        size="xs"
        w={128}
        aria-label={t('series.horizon')}
        allowDeselect={false}
        value={String(horizon)}
        onChange={(value) => onChange({ horizon: Number(value) })}
        data={choices.map((count) => ({
          value: String(count),
          label:
            count === 0 ? t('series.noForecast') : `+ ${t(`bucket.count.${bucket}`, { count })}`,
        }))}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('bucket.label')}
        value={bucket}
        onChange={(value) =>
          onChange({ bucket: value as Bucket, horizon: search.horizon === 0 ? 0 : undefined })
        }
        data={(['day', 'week', 'month'] as const).map((value) => ({
          value,
          label: t(`bucket.${value}`),
        }))}
      />
    </>
  );
}
