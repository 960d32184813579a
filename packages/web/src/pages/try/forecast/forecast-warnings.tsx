import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Caution } from '../../../ui/caution.tsx';
import type { SeriesForecast } from './documents.ts';

/** What a reader of the forecast should know. */
export function ForecastWarnings({ forecast }: { readonly forecast: SeriesForecast | undefined }) {
  const { t } = useTranslation();
  if (forecast === undefined || forecast.warnings.length === 0) return null;
  return (
    <Caution
      icon="info"
      title={t(forecast.model === null ? 'try.refused' : 'try.warnings')}
      mb="md"
    >
      <List size="sm">
        {forecast.warnings.map(({ code, message }) => (
          <List.Item key={code + message}>{message}</List.Item>
        ))}
      </List>
    </Caution>
  );
}
