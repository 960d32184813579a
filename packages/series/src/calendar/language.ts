/** The two languages that labels are written in. */
export type Language = 'ja' | 'en';

const WEEKDAYS: Record<Language, readonly string[]> = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};

/**
 * Short name of a weekday: `日` … `土`, `Sun` … `Sat`.
 *
 * @param weekday 0 for Sunday … 6 for Saturday, as `civilDate` gives it.
 *
 * @example weekdayLabel(2, 'ja') // '火'
 */
export function weekdayLabel(weekday: number, language: Language): string {
  return WEEKDAYS[language][weekday]!;
}
