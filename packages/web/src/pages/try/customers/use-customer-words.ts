import type {
  FitProblemCode,
  RetentionAction,
  RetentionReasonCode,
  RfmSegment,
} from '@kizashi/series';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { percentText } from '../../../ui/figure-text.ts';
import { valueText } from '../../../ui/value-text.ts';
import type { CustomerFound } from './customers-document.ts';

type Retention = NonNullable<CustomerFound['retention']>;

type ReasonValue = 'days' | 'usual' | 'yearly' | 'rank' | 'purchases' | 'probability';

/** Segments, actions and their reasons in the language of the page. */
export function useCustomerWords() {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  return useMemo(() => {
    const text = (name: string, value: number): string =>
      name === 'probability' || name === 'rank'
        ? percentText(value, language)
        : valueText(Math.round(value), language);
    return {
      segment: (code: string) => t(`try.customers.segments.${code as RfmSegment}`),
      action: (code: string) => t(`try.customers.actions.${code as RetentionAction}`),
      problem: (code: string) => t(`try.customers.problems.${code as FitProblemCode}`),
      reasons: ({ reasons }: Retention) =>
        reasons
          .map(({ code, values }) =>
            t(
              `try.customers.reasons.${code as RetentionReasonCode}`,
              Object.fromEntries(
                Object.entries(values).map(([name, value]) => [name, text(name, value)]),
              ) as Readonly<Record<ReasonValue, string>>,
            ),
          )
          .join(t('try.reasonsBetween')),
    };
  }, [t, language]);
}
