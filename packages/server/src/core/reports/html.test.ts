import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chartTicks, type ReportDocument } from './document.ts';
import { REPORT_POLICY, reportHtml } from './html.ts';

const hostile = `"><script>alert('1')</script>&`;
const document: ReportDocument = {
  locale: 'en',
  title: `Report ${hostile}`,
  subtitle: hostile,
  createdAt: 0,
  footer: hostile,
  blocks: [
    { kind: 'heading', text: hostile },
    { kind: 'text', text: hostile },
    { kind: 'list', items: [hostile] },
    { kind: 'figures', items: [{ label: hostile, value: hostile, note: hostile }] },
    {
      ...{ kind: 'table', caption: hostile, empty: hostile },
      columns: [{ title: hostile }, { title: 'n', align: 'right' }],
      rows: [[hostile, '1']],
    },
    { kind: 'table', caption: 'none', columns: [], rows: [], empty: 'Nothing yet.' },
    {
      ...{ kind: 'chart', form: 'line', title: hostile, description: hostile },
      labels: [hostile, 'b', 'c'],
      values: [1, null, 3],
      ticks: chartTicks([1, 3], String),
    },
  ],
};

describe('a report as HTML', () => {
  const html = reportHtml(document);

  it('takes every text as text', () => {
    expect(html).not.toContain('<script');
    expect(html).not.toContain("alert('");
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(10);
  });

  it('loads nothing and may do nothing but show its own style', () => {
    expect(html).not.toMatch(/\b(src|href|url\()/);
    const style = /<style>([\s\S]*)<\/style>/.exec(html)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(REPORT_POLICY).toContain(`style-src 'sha256-${hash}'`);
    expect(html).not.toContain(' style=');
  });

  it('names charts for people who do not see them and gives their numbers', () => {
    expect(html).toMatch(/<svg [^>]*role="img" aria-labelledby="b6 b6d">/);
    expect(html).toContain('<td>–</td>');
    expect(html).toContain('<th scope="col">');
  });

  it('says so where a table has no rows', () => {
    expect(html).toContain('Nothing yet.');
  });
});

describe('places on an axis', () => {
  const values = (...data: (number | null)[]) => chartTicks(data, String).map((tick) => tick.value);

  it('are round, few and reach the highest value', () => {
    expect(values(49)).toEqual([0, 20, 40, 60]);
    expect(values(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(values(3, null, 7)).toEqual([0, 2, 4, 6, 8]);
  });

  it('are zero alone where there is nothing', () => {
    expect(values()).toEqual([0]);
    expect(values(null, 0)).toEqual([0]);
  });
});
