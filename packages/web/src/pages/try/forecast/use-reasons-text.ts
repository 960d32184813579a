import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from './documents.ts';

/** Says why a value is an anomaly. */
export function useReasonsText(): (reasons: readonly Reason[] | undefined) => string {
  const { t } = useTranslation();
  return useCallback(
    (reasons = []) =>
      reasons
        .map(({ code, points }) =>
          t(`try.reason.${code}`, { span: t('try.span', { count: points }) }),
        )
        .join(t('try.reasonsBetween')),
    [t],
  );
}
