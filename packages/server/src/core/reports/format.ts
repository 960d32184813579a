import type { Locale } from '../errors.ts';

/** Numbers as people of a language read them in a report. */
export interface ReportFormat {
  readonly locale: Locale;
  /** At most `digits` after the point, one where nothing is said; grouped. */
  number(value: number, digits?: number): string;
  /** Of a fraction: 0.123 is 12.3 %. */
  percent(fraction: number): string;
  /** With its sign: +12.3 %. */
  change(fraction: number): string;
  /** In decimal units: 1,500,000 is 1.5 MB. */
  bytes(value: number): string;
  speed(bytesPerSecond: number): string;
  duration(seconds: number): string;
  /** A local day. */
  day(epochMs: number): string;
  moment(epochMs: number): string;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function reportFormat(locale: Locale, timeZone: string): ReportFormat {
  const tag = locale === 'ja' ? 'ja-JP' : 'en-GB';
  const number = (value: number, digits = 1) =>
    value.toLocaleString(tag, { maximumFractionDigits: digits });
  const percent = (value: number) =>
    value.toLocaleString(tag, { style: 'percent', maximumFractionDigits: 1 });
  const days = new Intl.DateTimeFormat(tag, { timeZone, dateStyle: 'long' });
  const moments = new Intl.DateTimeFormat(tag, {
    timeZone,
    ...{ dateStyle: 'medium', timeStyle: 'short' },
  });
  function bytes(value: number): string {
    const power = value < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3));
    return `${number(value / 1000 ** power, power === 0 ? 0 : 1)} ${UNITS[power]}`;
  }
  return {
    ...{ locale, number, percent, bytes },
    change: (value) => `${value > 0 ? '+' : ''}${percent(value)}`,
    speed: (value) => `${bytes(value)}/s`,
    duration(seconds) {
      if (seconds < 60) return `${number(seconds)} ${locale === 'ja' ? '秒' : 's'}`;
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return `${minutes} ${locale === 'ja' ? '分' : 'min'}`;
      const hours = Math.floor(minutes / 60);
      return locale === 'ja'
        ? `${number(hours)} 時間 ${minutes % 60} 分`
        : `${number(hours)} h ${minutes % 60} min`;
    },
    day: (epochMs) => days.format(epochMs),
    moment: (epochMs) => moments.format(epochMs),
  };
}
