import type { AlertRule } from '@kizashi/server/contract/alerts';
import { useTranslation } from 'react-i18next';
import { useMeasures } from '../../app/measures.ts';
import { useFormat } from '../../app/use-format.ts';

/** A rule's condition in words: `below £2,000`, `outside the 95% forecast interval`. */
export function useConditionWords(): (
  condition: AlertRule['condition'],
  measure: string,
) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const measures = useMeasures();
  return (condition, measure) => {
    if (condition.type === 'outside-forecast') {
      return t(`rule.outside.${condition.direction}`, {
        level: format.percent(condition.level, 0),
      });
    }
    const unit = measures?.find((one) => one.id === measure)?.unit ?? 'number';
    return t(`rule.threshold.${condition.direction}`, {
      limit: format.value(unit, condition.value),
    });
  };
}
