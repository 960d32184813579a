import type { MeasureInfo } from '@kizashi/server/contract/measures';
import { Group, MultiSelect, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { percentText } from '../../../ui/figure-text.ts';
import { horizons } from '../period.ts';
import type { ForecastRequest } from '../queries.ts';
import { type ForecastSearch, forecastModels } from '../search.ts';

const levels = [0.5, 0.8, 0.9, 0.95, 0.99];

/** What is forecast, how far, and how. */
export function ForecastControls({
  request,
  measures,
  onChange,
}: {
  readonly request: ForecastRequest;
  readonly measures: readonly MeasureInfo[];
  readonly onChange: (change: Partial<ForecastSearch>) => void;
}) {
  const { t, i18n } = useTranslation('sales');
  const language = localeOf(i18n);
  const { bucket, horizon } = request;
  const ahead = [...new Set([...horizons[bucket], horizon])].sort((a, b) => a - b);
  return (
    <Group align="flex-end" gap="sm" mb="sm">
      <Select
        w={200}
        label={t('forecast.measure')}
        allowDeselect={false}
        searchable
        value={request.measure}
        onChange={(measure) => onChange({ measure: measure ?? undefined })}
        data={measures.map(({ id, title }) => ({ value: id, label: title[language] }))}
      />
      <Stack gap={2}>
        <Text size="sm" fw={500} aria-hidden="true">
          {t('forecast.bucket')}
        </Text>
        <SegmentedControl
          size="sm"
          aria-label={t('forecast.bucket')}
          value={bucket}
          onChange={(value) =>
            onChange({ bucket: value as ForecastRequest['bucket'], horizon: undefined })
          }
          data={(['day', 'week', 'month'] as const).map((value) => ({
            value,
            label: t(`bucket.${value}`),
          }))}
        />
      </Stack>
      <Select
        w={140}
        label={t('forecast.horizon')}
        allowDeselect={false}
        value={String(horizon)}
        onChange={(value) => onChange({ horizon: Number(value) })}
        data={ahead.map((count) => ({
          value: String(count),
          label: t(`bucket.count.${bucket}`, { count }),
        }))}
      />
      <Select
        w={260}
        label={t('forecast.model')}
        allowDeselect={false}
        value={request.model}
        onChange={(model) => onChange({ model: (model ?? 'auto') as ForecastSearch['model'] })}
        data={forecastModels.map((model) => ({
          value: model,
          label: t(`forecast.models.${model}`),
        }))}
      />
      <MultiSelect
        miw={180}
        label={t('forecast.levels')}
        maxValues={3}
        value={request.levels.map(String)}
        onChange={(chosen) =>
          chosen.length > 0 && onChange({ levels: chosen.map(Number).sort((a, b) => a - b) })
        }
        data={[...new Set([...levels, ...request.levels])]
          .sort((a, b) => a - b)
          .map((level) => ({ value: String(level), label: percentText(level, language) }))}
      />
    </Group>
  );
}
