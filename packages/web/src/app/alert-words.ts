import type { Alert } from '@kizashi/server/contract/alerts';
import { useTranslation } from 'react-i18next';
import type { FigureUnit } from '../ui/figure-text.ts';
import { useMeasures, useMeasureTitle } from './measures.ts';
import { useFormat } from './use-format.ts';

/** Says in one sentence what an alert saw, for example `Revenue was £1,200 on Nov 3, 2011, below £2,000`. */
export function useAlertWords(): (alert: Alert) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const measures = useMeasures();
  const title = useMeasureTitle();
  return (alert) => {
    const unit: FigureUnit =
      measures?.find((measure) => measure.id === alert.measure)?.unit ?? 'number';
    const show = (value: number | null) => format.value(unit, value);
    const common = {
      measure: title(alert.measure),
      value: show(alert.value),
      time: t(`bucket.of.${alert.bucket}`, {
        day: alert.bucket === 'month' ? format.month(alert.t) : format.day(alert.t),
      }),
    };
    if (alert.condition.type === 'threshold') {
      const { direction, value } = alert.condition;
      return t(`alert.words.${direction}`, { ...common, limit: show(value) });
    }
    return t('alert.words.outside', {
      ...common,
      lower: show(alert.lower),
      upper: show(alert.upper),
    });
  };
}
