import { axisText, exactText, type FigureUnit, MISSING } from './figure-text.ts';

/** Numbers and times as a reader of one language, in one currency and zone, expects them. */
export interface Format {
  /** `1,234.5`; at most `digits` decimals (default 2). */
  number(value: number, digits?: number): string;
  /** An amount in major units: `£1,234.50`. */
  money(value: number): string;
  /** A fraction as a percentage: 0.123 → `12.3%`. */
  percent(fraction: number, digits?: number): string;
  /** A measure's value by its unit, in full or as short as on an axis; null and non-finite values are `–`. */
  value(unit: FigureUnit, value: number | null, style?: 'full' | 'compact'): string;
  /** A local day `YYYY-MM-DD`: `Nov 22, 2026`, `2026年11月22日`. */
  day(localDate: string): string;
  /** Short, for axes: `Nov 22`, `11/22`. */
  dayShort(localDate: string): string;
  /** The month of a local day: `Nov 2026`, `2026年11月`. */
  month(localDate: string): string;
  /** An instant in the organisation's zone. */
  dateTime(epochMs: number): string;
  time(epochMs: number): string;
  /** `3 minutes ago`, `in 2 days`. */
  relative(epochMs: number, nowMs: number): string;
  /** `1.2 MB`. */
  bytes(size: number): string;
}

const LANGUAGE_TAGS = { en: 'en-US', ja: 'ja-JP' } as const;
const RELATIVE_STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;
const BYTE_STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function createFormat(options: {
  locale: keyof typeof LANGUAGE_TAGS;
  /** ISO 4217. */
  currency: string;
  /** IANA zone. */
  timeZone: string;
}): Format {
  const tag = LANGUAGE_TAGS[options.locale];
  const { currency, timeZone } = options;
  const decimals = [0, 1, 2, 3, 4].map(
    (digits) => new Intl.NumberFormat(tag, { maximumFractionDigits: digits }),
  );
  const money = new Intl.NumberFormat(tag, { style: 'currency', currency });
  const percents = [0, 1, 2].map(
    (digits) =>
      new Intl.NumberFormat(tag, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  );
  // A local day has no zone: it is read and written as if it were UTC.
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const dayJa = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const dayShort = new Intl.DateTimeFormat(
    tag,
    options.locale === 'ja'
      ? { month: 'numeric', day: 'numeric', timeZone: 'UTC' }
      : { month: 'short', day: 'numeric', timeZone: 'UTC' },
  );
  const month = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  const dateTime = new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const time = new Intl.DateTimeFormat(tag, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });

  const format: Format = {
    number: (value, digits = 2) => pick(decimals, digits).format(value),
    money: (value) => money.format(value),
    percent: (fraction, digits = 1) => pick(percents, digits).format(fraction),
    value(unit, value, style = 'full') {
      if (value === null || !Number.isFinite(value)) return MISSING;
      const figure = { unit, currency, language: options.locale };
      return style === 'compact' ? axisText(value, figure) : exactText(value, figure);
    },
    day: (localDate) => (options.locale === 'ja' ? dayJa : day).format(utcDay(localDate)),
    dayShort: (localDate) => dayShort.format(utcDay(localDate)),
    month: (localDate) => month.format(utcDay(localDate)),
    dateTime: (epochMs) => dateTime.format(epochMs),
    time: (epochMs) => time.format(epochMs),
    relative(epochMs, nowMs) {
      const distance = epochMs - nowMs;
      const step = RELATIVE_STEPS.find(({ ms }) => Math.abs(distance) >= ms);
      return step === undefined
        ? relative.format(0, 'minute')
        : relative.format(Math.round(distance / step.ms), step.unit);
    },
    bytes(size) {
      const power = Math.min(
        BYTE_STEPS.length - 1,
        size < 1 ? 0 : Math.floor(Math.log(size) / Math.log(1000)),
      );
      return new Intl.NumberFormat(tag, {
        style: 'unit',
        unit: BYTE_STEPS[power]!,
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }).format(size / 1000 ** power);
    },
  };
  return format;
}

function utcDay(localDate: string): number {
  return Date.parse(`${localDate}T00:00:00Z`);
}

function pick<T>(list: readonly T[], index: number): T {
  return list[Math.max(0, Math.min(list.length - 1, index))]!;
}
