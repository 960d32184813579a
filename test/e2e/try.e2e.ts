import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator, setUp } from './support/api.ts';
import { describeInBrowser, picture, type Visit, visit } from './support/browser.ts';
import { type Product, startProduct, temporaryFolder } from './support/product.ts';
import { locales, wordsOf } from './support/words.ts';

const DAY_MS = 86_400_000;
const FORECAST_MS = 120_000;

/** Many short series of days; one has a name that a spreadsheet would run, and a leap. */
function manySeries(): string {
  const names = ['=1+1', ...Array.from({ length: 299 }, (_, i) => `shop ${i + 1}`)];
  const rows = names.flatMap((name, s) =>
    Array.from({ length: 40 }, (_, i) => {
      const day = new Date(Date.UTC(2026, 0, 1) + i * DAY_MS).toISOString().slice(0, 10);
      return `${name},${day},${name === '=1+1' && i === 38 ? 900 : 10 + ((i * 7 + s) % 5)}`;
    }),
  );
  return ['shop,day,sold', ...rows].join('\n');
}

describeInBrowser('the page that takes a file', (browser) => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(temporaryFolder(), { KIZASHI_DEMO: 'false' });
    await setUp(product);
  });
  afterAll(() => product?.stop());

  describe.each(locales)('in %s', (locale) => {
    const t = wordsOf(locale);
    let one: Visit;
    beforeAll(async () => {
      one = await visit(browser, product.url, { locale });
      const { page } = one;
      await page.goto('/sign-in');
      await page.getByLabel(t('field.email')).fill(administrator.email);
      await page.getByLabel(t('field.password'), { exact: true }).fill(administrator.password);
      await page.getByRole('button', { name: t('signIn.submit') }).click();
      await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
      // The account is English; this is what its language menu does.
      await page.evaluate((name) => localStorage.setItem('kizashi.locale', name), locale);
    });
    afterAll(() => one?.context.close());

    const section = (name: string) =>
      one.page.locator('section').filter({
        has: one.page.getByRole('heading', { level: 2, name, exact: true }),
      });
    const upload = (name: string, text: string) =>
      one.page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    async function download(item: string): Promise<string> {
      await one.page.getByRole('button', { name: t('try.download.title'), exact: true }).click();
      const [file] = await Promise.all([
        one.page.waitForEvent('download'),
        one.page.getByRole('menuitem', { name: t(item) }).click(),
      ]);
      return readFileSync(await file.path(), 'utf8');
    }

    it('shows forecast, anomalies and back-test of the example, and again after a reload', async () => {
      const { page } = one;
      await page.goto('/');
      await page.getByRole('link', { name: t('navigation.try') }).click();
      await page.getByRole('heading', { level: 1, name: t('try.titles.forecast') }).waitFor();
      await picture(page, `try-start-${locale}`);
      await page.getByRole('button', { name: t('try.example') }).click();
      const chart = section('air-passengers');
      const backtest = section(t('try.backtest.title'));
      await backtest.getByRole('table').waitFor({ timeout: FORECAST_MS });
      expect(await backtest.getByRole('row').count()).toBeGreaterThan(5);
      await chart.getByRole('img').waitFor();
      await section(t('try.anomalies')).waitFor();
      await picture(page, `try-example-${locale}`);

      await page.reload();
      await chart.getByText(t('charts:table'), { exact: true }).click();
      await chart.getByRole('columnheader', { name: t('try.forecast'), exact: true }).waitFor();
      // A heading, 144 months of the past and twelve to come.
      expect(await chart.getByRole('row').count()).toBe(1 + 144 + 12);
      const csv = await download('try.download.forecastCsv');
      expect(csv.split('\r\n')[0]).toBe(
        '\uFEFFseries,model,t,mean,lower_80,upper_80,lower_95,upper_95',
      );
      expect(csv).toContain(',1961-12-01,');
      const json = JSON.parse(await download('try.download.forecastJson'));
      expect(Object.values(json.series)).toMatchObject([{ mean: expect.any(Array) }]);
    });

    it('says what is wrong with a file, and what to do', async () => {
      const { page } = one;
      await page.getByRole('button', { name: t('try.other') }).click();
      await upload('names.csv', 'name,town\nAnna,Bonn\nBen,Kiel\n');
      const alert = page.getByRole('alert').filter({ hasText: 'names.csv' });
      await alert.getByText(t('try.advice.columns')).waitFor({ timeout: FORECAST_MS });
      // Both analyses fail for the same reason: it is told once.
      await page.getByText(t('try.busy.text')).waitFor({ state: 'hidden' });
      await expect.poll(() => page.getByRole('alert').count()).toBe(1);
      await picture(page, `try-wrong-file-${locale}`);
      await alert.getByRole('button', { name: t('try.change') }).click();
      await page.getByRole('button', { name: t('try.again', { name: 'names.csv' }) }).waitFor();
      await upload('picture.png', 'PNG');
      await page.getByText(t('try.wrong')).waitFor();
    });

    it('shows any of hundreds of series, with the anomaly of one', async () => {
      const { page } = one;
      await page.goto('/try');
      await page.getByRole('combobox', { name: t('try.model'), exact: true }).click();
      await page.getByRole('option', { name: t('try.models.naive'), exact: true }).click();
      await page.getByLabel(t('try.h')).fill('3');
      await upload('shops.csv', manySeries());
      const choice = page.getByRole('combobox', { name: t('try.series', { total: 300 }) });
      await choice.waitFor({ timeout: FORECAST_MS });
      await page.getByText(t('try.busy.text')).waitFor({ state: 'hidden', timeout: FORECAST_MS });
      await choice.fill('shop 217');
      await page.getByRole('option', { name: 'shop 217' }).click();
      await section('shop 217').getByRole('img').waitFor();
      await choice.fill('=1');
      await page.getByRole('option', { name: '=1+1' }).click();
      const anomalies = section(t('try.anomalies'));
      await anomalies.getByRole('cell', { name: '900', exact: true }).waitFor();
      await picture(page, `try-many-${locale}`);
      const csv = await download('try.download.anomaliesCsv');
      expect(csv).toContain("'=1+1,2026-02-08,900,");
    });

    it('an analysis says how far it is, here and among the tasks, and can be stopped', async () => {
      const { page } = one;
      await page.goto('/try');
      await page.getByRole('combobox', { name: t('try.model'), exact: true }).click();
      await page.getByRole('option', { name: t('try.models.lstm'), exact: true }).click();
      await upload('shops.csv', manySeries());
      const made = /\d+ \/ 300/;
      await page.getByRole('status').getByText(made).first().waitFor({ timeout: FORECAST_MS });
      await picture(page, `try-busy-${locale}`);
      const address = page.url();
      await page.goto('/tasks');
      await page.getByRole('cell', { name: made }).first().waitFor();
      await picture(page, `try-tasks-${locale}`);
      await page.goto(address);
      await page.getByRole('button', { name: t('upload.cancel') }).click();
      await page.getByRole('button', { name: t('try.example') }).waitFor();
      await expect.poll(() => new URL(page.url()).search).toBe('');
    });

    it.each([
      ['stock', 'stock', 'try.stock.title', 'try.download.stockCsv', 'series,model,status,'],
      ['customers', 'customers', 'try.customers.title', 'try.download.customersCsv', 'customer,'],
      ['recommend', 'recommend', 'try.recommend.together', 'try.download.rulesCsv', 'antecedent,'],
      ['clusters', 'cluster', 'try.cluster.members', 'try.download.membersCsv', 'line,id,cluster'],
    ])(
      '%s of the example are shown, and again after a reload',
      async (path, kind, title, item, csv) => {
        const { page } = one;
        await page.goto('/try');
        await page.getByRole('link', { name: t(`try.titles.${kind}`), exact: true }).click();
        await page.getByRole('heading', { level: 1, name: t(`try.titles.${kind}`) }).waitFor();
        await picture(page, `try-${path}-start-${locale}`);
        await page.getByRole('button', { name: t(`try.examples.${kind}`) }).click();
        await section(t(title)).getByRole('table').waitFor({ timeout: FORECAST_MS });
        await picture(page, `try-${path}-${locale}`);
        // The rest has no words of its own.
        if (locale !== 'en') return;
        await page.reload();
        const table = section(t(title)).getByRole('table');
        await table.waitFor();
        expect(await table.getByRole('row').count()).toBeGreaterThan(3);
        expect(await download(item)).toMatch(new RegExp(`^\uFEFF${csv}`));
      },
    );

    it('asks for the columns that their names do not tell', async () => {
      const { page } = one;
      await page.goto('/try/customers');
      await upload('odd.csv', 'c1,c2,c3\na,2026-01-01,5\na,2026-02-01,7\nb,2026-01-05,3\n');
      await page.getByRole('alert').getByText(t('try.columnsAsked')).waitFor();
      for (const [role, column] of [
        ['customer', 'c1'],
        ['time', 'c2'],
        ['amount', 'c3'],
      ] as const) {
        const name = t(`try.purchases.${role}`);
        await page.getByRole('combobox', { name, exact: true }).fill(column);
      }
      await picture(page, `try-columns-${locale}`);
      await page.getByRole('button', { name: t('try.again', { name: 'odd.csv' }) }).click();
      const rows = section(t('try.customers.title')).getByRole('row');
      await rows.nth(2).waitFor({ timeout: FORECAST_MS });
      expect(await rows.count()).toBe(3);
    });

    it('an address of somebody else or of long ago says so', async () => {
      const { page } = one;
      await page.goto('/try?forecast=nowhere&anomalies=nowhere');
      await page.getByText(t('try.gone')).waitFor();
      expect(one.complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
    });
  });
});
