import type { Locale } from '../errors.ts';
import type { MeasureUnit } from '../measures/measure.ts';
import { layoutHtml } from '../notify/templates/html.ts';
import type { Template } from '../notify/templates/template.ts';
import type { Alert } from './contract.ts';

export interface AlertMessage {
  readonly alert: Alert;
  readonly title: { readonly en: string; readonly ja: string };
  readonly unit: MeasureUnit;
  readonly currency: string;
  readonly link: string;
}

const SEVERITY = {
  info: { en: 'Info', ja: '情報' },
  warning: { en: 'Warning', ja: '警告' },
  critical: { en: 'Critical', ja: '重大' },
} as const;

/** What an alert says in mails and webhooks. */
export const alertTemplate: Template<AlertMessage> = (message, locale) => {
  const { alert, link } = message;
  const ja = locale === 'ja';
  const value = format(alert.value, message, locale);
  const title = message.title[locale];
  const expected = expectation(message, locale);
  const subject = `[Kizashi] ${SEVERITY[alert.severity][locale]}: ${alert.ruleName} — ${title} ${value} (${period(alert, locale)})`;
  const filters = Object.entries(alert.filters)
    .map(([name, values]) => `${name}: ${values.join(', ')}`)
    .join('; ');
  const rows: [string, string][] = [
    [ja ? '指標' : 'Measure', title],
    [ja ? '期間' : 'Period', period(alert, locale)],
    [ja ? '実績' : 'Actual', value],
    [ja ? '想定' : 'Expected', expected],
    ...(filters === '' ? [] : ([[ja ? '絞り込み' : 'Filters', filters]] as [string, string][])),
  ];
  return {
    subject,
    text: `${rows.map(([label, text]) => `${label}: ${text}`).join('\n')}\n\n${link}\n`,
    html: layoutHtml({
      locale,
      title: `${SEVERITY[alert.severity][locale]}: ${alert.ruleName}`,
      rows,
      link,
      linkText: ja ? 'アラートを開いて確認する' : 'Open the alert and acknowledge it',
    }),
    link,
    data: { type: 'alert', alert },
  };
};

function period({ bucket, t }: Alert, locale: Locale): string {
  if (bucket === 'month') return t.slice(0, 7);
  if (bucket === 'week') return locale === 'ja' ? `${t} からの週` : `Week from ${t}`;
  return t;
}

function expectation(message: AlertMessage, locale: Locale): string {
  const { lower, upper } = message.alert;
  const ja = locale === 'ja';
  if (lower !== null && upper !== null) {
    return `${format(lower, message, locale)} – ${format(upper, message, locale)}`;
  }
  if (lower !== null)
    return ja
      ? `${format(lower, message, locale)} 以上`
      : `at least ${format(lower, message, locale)}`;
  if (upper !== null)
    return ja
      ? `${format(upper, message, locale)} 以下`
      : `at most ${format(upper, message, locale)}`;
  return '—';
}

function format(value: number, { unit, currency }: AlertMessage, locale: Locale): string {
  const options: Intl.NumberFormatOptions =
    unit === 'money'
      ? { style: 'currency', currency }
      : unit === 'ratio'
        ? { style: 'percent', maximumFractionDigits: 2 }
        : { maximumFractionDigits: unit === 'count' ? 0 : 2 };
  return new Intl.NumberFormat(locale, options).format(value);
}
