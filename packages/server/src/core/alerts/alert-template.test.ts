import { describe, expect, it } from 'vitest';
import { type AlertMessage, alertTemplate } from './alert-template.ts';

const message: AlertMessage = {
  alert: {
    id: 'a1',
    ruleId: 'r1',
    ruleName: 'Too low',
    measure: 'sales.revenue',
    severity: 'critical',
    state: 'open',
    t: '2026-01-05',
    bucket: 'day',
    value: 1234.5,
    lower: 2000,
    upper: null,
    condition: { type: 'threshold', direction: 'below', value: 2000 },
    filters: { country: ['Germany', 'France'] },
    firedAt: 0,
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: null,
  },
  title: { en: 'Revenue', ja: '売上高' },
  unit: 'money',
  currency: 'JPY',
  link: 'https://k.example/alerts/a1',
};
const of = (
  change: Partial<AlertMessage['alert']>,
  more: Partial<AlertMessage> = {},
): AlertMessage => ({
  ...message,
  ...more,
  alert: { ...message.alert, ...change },
});

describe('the message of an alert', () => {
  it('tells measure, period, value, expectation and filters, and where to go', () => {
    expect(alertTemplate(message, 'en')).toMatchObject({
      subject: '[Kizashi] Critical: Too low — Revenue ¥1,235 (2026-01-05)',
      text: [
        'Measure: Revenue',
        'Period: 2026-01-05',
        'Actual: ¥1,235',
        'Expected: at least ¥2,000',
        'Filters: country: Germany, France',
        '',
        'https://k.example/alerts/a1',
        '',
      ].join('\n'),
      link: message.link,
      data: { type: 'alert', alert: message.alert },
    });
    expect(alertTemplate(message, 'ja').text).toContain(
      '想定: ￥2,000 以上\n絞り込み: country: Germany, France',
    );
  });

  it.each([
    [{ lower: null, upper: 500 }, 'at most ¥500', '￥500 以下'],
    [{ lower: 100, upper: 500 }, '¥100 – ¥500', '￥100 – ￥500'],
    [{ lower: null, upper: null }, '—', '—'],
  ])('tells an expectation of %j', (bounds, english, japanese) => {
    expect(alertTemplate(of(bounds), 'en').text).toContain(`Expected: ${english}\n`);
    expect(alertTemplate(of(bounds), 'ja').text).toContain(`想定: ${japanese}\n`);
  });

  it.each([
    ['week', '2026-01-05', 'Week from 2026-01-05', '2026-01-05 からの週'],
    ['month', '2026-01-01', '2026-01', '2026-01'],
    ['day', '2026-01-05', '2026-01-05', '2026-01-05'],
  ] as const)('names the %s', (bucket, t, english, japanese) => {
    expect(alertTemplate(of({ bucket, t }), 'en').text).toContain(`Period: ${english}\n`);
    expect(alertTemplate(of({ bucket, t }), 'ja').text).toContain(`期間: ${japanese}\n`);
  });

  it.each([
    ['count', 1234, '1,234'],
    ['ratio', 0.0525, '5.25%'],
    ['number', 2.345, '2.35'],
  ] as const)('writes a %s as such', (unit, value, text) => {
    expect(alertTemplate(of({ value }, { unit }), 'en').text).toContain(`Actual: ${text}\n`);
  });

  it('escapes what people named', () => {
    const { html } = alertTemplate(
      of({ ruleName: '<img src=x onerror=alert(1)>', filters: { country: ['"><script>'] } }),
      'en',
    );
    expect(html).not.toMatch(/<img|<script/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});
