import { useTranslation } from 'react-i18next';

/** Says which rows of a file of purchases did not count. */
export function useRowNotes(rows: {
  readonly rejected: number;
  readonly returns: number;
  readonly later: number;
}): readonly string[] {
  const { t } = useTranslation();
  return (['rejected', 'returns', 'later'] as const)
    .filter((reason) => rows[reason] > 0)
    .map((reason) => t(`try.rows.${reason}`, { count: rows[reason] }));
}
