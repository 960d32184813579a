import { type Bucket, civilDate, parseIsoDate } from '@kizashi/series';
import type { Language } from '../ui/figure-text.ts';

export const MS_PER_DAY = 86_400_000;

/** A day in full: `Dec 9, 2011`, `2011年12月9日`. */
export function dayText(date: string, language: Language): string {
  return format(date, language, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** Both ends of a period: `Nov 12, 2011 – Dec 9, 2011`. A single day stands alone. */
export function periodText(from: string, to: string, language: Language): string {
  if (from === to) return dayText(from, language);
  return language === 'ja'
    ? `${dayText(from, language)}～${dayText(to, language)}`
    : `${dayText(from, language)} – ${dayText(to, language)}`;
}

/** What one point of a chart stands for: a day with its weekday, a week by its first day, a month. */
export function bucketText(date: string, bucket: Bucket, language: Language): string {
  switch (bucket) {
    case 'day':
      return format(date, language, {
        weekday: 'short',
        year: 'numeric',
        month: 'short',
        day: 'numeric',
      });
    case 'week':
      return language === 'ja'
        ? `${dayText(date, language)}の週`
        : `Week of ${dayText(date, language)}`;
    case 'month':
      return format(date, language, { year: 'numeric', month: 'short' });
  }
}

/** Longest axis on which every tick names its day. */
const DAYS_NAMED = 100;

/** A tick of an axis of `spanDays`: the day; on a long axis years at New Year and months at their first day. */
export function tickText(utcMs: number, language: Language, spanDays: number): string {
  const date = civilDate(Math.floor(utcMs / MS_PER_DAY));
  if (date.day !== 1 || spanDays <= DAYS_NAMED) {
    return language === 'ja'
      ? `${date.month}/${date.day}`
      : format(utcMs, language, { month: 'short', day: 'numeric' });
  }
  if (date.month === 1) return language === 'ja' ? `${date.year}年` : String(date.year);
  return format(utcMs, language, { month: 'short' });
}

/** Midnight UTC of a local date: where it lies on a time axis. */
export function axisTime(date: string): number {
  return parseIsoDate(date) * MS_PER_DAY;
}

const locales: Record<Language, string> = { en: 'en-US', ja: 'ja-JP' };
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(
  date: string | number,
  language: Language,
  options: Intl.DateTimeFormatOptions,
): string {
  const key = language + JSON.stringify(options);
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' });
    formatters.set(key, found);
  }
  return found.format(typeof date === 'number' ? date : axisTime(date));
}
