import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../app/i18n.ts';
import type { TimeSeriesWords } from '../../charts/time-series-words.ts';
import { percentText } from '../../ui/figure-text.ts';

/** The words around one measure's chart, its intervals of the given levels included. */
export function useSeriesWords(measure: string, levels: readonly number[]): TimeSeriesWords {
  const { t, i18n } = useTranslation('sales');
  return useMemo(() => {
    const level = (index: number) => ({ level: percentText(levels[index]!, localeOf(i18n)) });
    return {
      date: t('column.date'),
      actual: measure,
      previous: t('series.previous'),
      forecast: t('series.forecast'),
      lastDay: t('series.lastDay'),
      band: (index) => t('series.band', level(index)),
      bandLower: (index) => t('series.bandLower', level(index)),
      bandUpper: (index) => t('series.bandUpper', level(index)),
    };
  }, [measure, levels, t, i18n]);
}
