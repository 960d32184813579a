import { useTranslation } from 'react-i18next';

const names = [
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'weekdays',
  'index',
  'irregular',
  'none',
] as const;

/** Words for the frequencies that a validation tells: `day`, `3 day`, `step 5`. */
export function useFrequencyText(): (frequency: string) => string {
  const { t } = useTranslation('features');
  const text = (name: string): string => {
    const known = names.find((one) => one === name);
    return known === undefined ? name : t(`frequency.${known}`);
  };
  return (frequency) => {
    const step = /^step (\d+)$/.exec(frequency);
    if (step) return t('frequency.step', { step: step[1] });
    const multiple = /^(\d+) (\w+)$/.exec(frequency);
    if (!multiple) return text(frequency);
    return t('frequency.multiple', { times: multiple[1], unit: text(multiple[2]!) });
  };
}
