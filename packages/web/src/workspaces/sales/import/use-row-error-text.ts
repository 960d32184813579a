import { rowErrorCodeSchema } from '@kizashi/server/contract/csv';
import { useTranslation } from 'react-i18next';

/** What is wrong with a cell or row, in a few words. A code of a newer server stands for itself. */
export function useRowErrorText(): (code: string) => string {
  const { t } = useTranslation('sales');
  return (code) => {
    const known = rowErrorCodeSchema.safeParse(code);
    return known.success ? t(`rowError.${known.data}`) : code;
  };
}
