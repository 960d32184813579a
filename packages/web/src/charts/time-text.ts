import type { TimeKind } from '@kizashi/server/contract/series-source';
import type { Language } from '../ui/figure-text.ts';
import { dayText, tickText } from './date-text.ts';

const DAY_MS = 86_400_000;
/** Shorter axes name hours. */
const HOURLY_SPAN_MS = 4 * DAY_MS;

const formatters = {
  en: formatter('en-GB'),
  ja: formatter('ja-JP'),
};

function formatter(tag: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
}

/** A time of a series in words: a day, an instant in UTC, or the place in an index. */
export function timeText(time: number, kind: TimeKind, language: Language): string {
  if (kind === 'index') return String(time);
  if (kind === 'date') return dayText(isoDay(time), language);
  return `${formatters[language].format(time)} UTC`;
}

/** A tick of an axis that is `span` long. */
export function axisTimeText(
  time: number,
  span: number,
  kind: TimeKind,
  language: Language,
): string {
  if (kind === 'index') return new Intl.NumberFormat(language).format(time);
  if (kind === 'datetime' && span < HOURLY_SPAN_MS) {
    return new Date(time).toISOString().slice(11, 16);
  }
  return tickText(time, language, span / DAY_MS);
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
