import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator } from './support/api.ts';
import { describeInBrowser, picture, type Visit, visit } from './support/browser.ts';
import { startDemo } from './support/demo.ts';
import { type Mailbox, openMailbox, openWebhook, type Webhook } from './support/inbox.ts';
import { type Product, root } from './support/product.ts';
import { locales, wordsOf } from './support/words.ts';

/** The whole demo: `expected_summary` of its source. */
const demo = { revenue: 10_666_684.54, orders: 19_960, customers: 4_338 };
/** Saved by a Japanese Excel; after it a row without a date that exists, and enough rows to watch the progress. */
const ordersCsv = Buffer.concat([
  readFileSync(join(root, 'packages/server/src/core/csv/fixtures/orders-cp932.csv')),
  Buffer.from('A-006,2025-02-30,ABC,Milk,1,100,100,\r\n'),
  Buffer.from('B-001,2025-05-03,DEF,Tea,1,100,100,\r\n'.repeat(100_000)),
]);
/** Of April 2025 in that file: 1,200 + 2,940 + 900 + 1,500; a price below zero is no revenue. */
const APRIL_REVENUE = 6_540;

interface Overview {
  readonly kpis: readonly { id: string; value: number | null }[];
}

describeInBrowser('the main job', (browser) => {
  describe.each(locales)('in %s', (locale) => {
    const t = wordsOf(locale);
    const shown = (id: string) => `main-job-${locale}-${id}`;
    let product: Product;
    let mailbox: Mailbox;
    let webhook: Webhook;
    let one: Visit;

    const open = (options = {}) => visit(browser, product.url, { locale, ...options });
    const signedIn = async () => open({ state: await one.context.storageState() });
    const figures = (page = one.page) =>
      page.getByRole('region', { name: t('sales:home.figures') }).getByRole('listitem');
    const figureOf = (id: string, page = one.page) =>
      figures(page).filter({
        has: page.getByRole('button', {
          name: t('sales:home.kpi.about', { name: t(`sales:measure.${id}`) }),
        }),
      });
    const overview = async (query: string): Promise<Overview> => {
      const reply = await one.context.request.get(`/api/sales/overview?${query}`);
      return (await reply.json()) as Overview;
    };

    beforeAll(async () => {
      mailbox = await openMailbox();
      webhook = await openWebhook();
      product = await startDemo({
        KIZASHI_SMTP_URL: mailbox.url,
        KIZASHI_WEBHOOK_ALLOW_PRIVATE: 'true',
      });
      one = await open();
    });
    afterAll(async () => {
      await one?.context.close();
      await product?.stop();
      await mailbox?.close();
      await webhook?.close();
    });

    it('begins with the one-time link, which makes the first administrator', async () => {
      const { page } = one;
      await page.goto(product.setupLink ?? '');
      await page.getByLabel(t('field.name')).fill(administrator.name);
      await page.getByLabel(t('field.email')).fill(administrator.email);
      await page.getByLabel(t('field.password'), { exact: true }).fill(administrator.password);
      await picture(page, shown('1-setup'));
      await page.getByRole('button', { name: t('setup.submit') }).click();
      await figures().first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    });

    it('lets the person sign out and in again', async () => {
      const { page } = one;
      await page
        .getByRole('button', { name: t('shell.user', { name: administrator.name }) })
        .click();
      await page.getByRole('menuitem', { name: t('shell.signOut') }).click();
      await page.getByLabel(t('field.email')).fill(administrator.email);
      await page.getByLabel(t('field.password'), { exact: true }).fill('not the password');
      await page.getByRole('button', { name: t('signIn.submit') }).click();
      await page.getByRole('alert').waitFor();
      await picture(page, shown('2-sign-in'));
      await page.getByLabel(t('field.password'), { exact: true }).fill(administrator.password);
      await page.getByRole('button', { name: t('signIn.submit') }).click();
      await figures().first().waitFor();
    });

    it('shows the eight figures of the whole demo', async () => {
      const { page } = one;
      await page.goto('/sales?period=all');
      await expect.poll(() => figures().count()).toBe(8);
      const { kpis } = await overview('from=2010-12-01&to=2011-12-09');
      expect(kpis).toHaveLength(8);
      const value = (id: string) => kpis.find((kpi) => kpi.id === id)?.value ?? Number.NaN;
      expect(value('revenue')).toBeCloseTo(demo.revenue, 2);
      expect(value('orders')).toBe(demo.orders);
      expect(value('customers')).toBe(demo.customers);
      for (const { id } of kpis) {
        expect(await figureOf(id).locator('svg').count(), `trend of ${id}`).toBeGreaterThan(0);
      }
      const text = async (id: string) => (await figureOf(id).textContent()) ?? '';
      expect(await text('revenue')).toMatch(/[£￡]10,666,685/);
      expect(await text('orders')).toContain('19,960');
      expect(await text('customers')).toContain('4,338');
      await picture(page, shown('3-home'));
    });

    it('keeps period and filters in the address: reload, link and way back show the same', async () => {
      const { page } = one;
      await page.goto('/sales');
      await page.getByRole('search').getByRole('button').first().click();
      await page.getByRole('button', { name: t('sales:filter.preset.last-90-days') }).click();
      await page.waitForURL(/period=last-90-days/);
      const showsOrdersOf = async (query: string) => {
        const { kpis } = await overview(`from=2011-09-11&to=2011-12-09${query}`);
        const orders = kpis.find(({ id }) => id === 'orders')?.value?.toLocaleString('en') ?? '';
        await figureOf('orders').getByText(orders, { exact: true }).waitFor();
      };
      await showsOrdersOf('');
      await page.getByRole('button', { name: t('sales:filter.country'), exact: true }).click();
      await page.getByPlaceholder(t('sales:filter.search.country')).fill('germ');
      await page.getByRole('option', { name: 'Germany' }).click();
      await page.keyboard.press('Escape');
      await page.waitForURL(/country=Germany/);
      await page.getByRole('region', { name: t('sales:filter.active') }).waitFor();
      await showsOrdersOf('&filter=country:Germany');
      const view = await figures().allTextContents();
      expect(await figureOf('orders').textContent()).toMatch(/[▲▼■]/);
      await picture(page, shown('4-filtered'));

      await page.reload();
      await expect.poll(() => figures().allTextContents()).toEqual(view);
      const other = await signedIn();
      await other.page.goto(page.url());
      await expect.poll(() => figures(other.page).allTextContents()).toEqual(view);
      await other.context.close();

      await page.goBack();
      await showsOrdersOf('');
      expect(new URL(page.url()).searchParams.get('country')).toBeNull();
    });

    it('forecasts with intervals, tests the method on the past, and has the numbers as a table', async () => {
      const { page } = one;
      await page.goto('/sales?period=last-90-days&bucket=week&horizon=8');
      await page
        .getByRole('img', { name: t('sales:bucket.count.week_other', { count: 8 }) })
        .waitFor();
      await picture(page, shown('5-forecast-on-home'));
      const title = t('sales:home.revenue.title');
      await page
        .getByRole('radiogroup', { name: t('charts:view', { title }) })
        .getByText(t('charts:table'))
        .click();
      const table = page.getByRole('region', { name: title }).getByRole('table');
      const upper = t('sales:series.bandUpper', { level: '95%' });
      await table.getByRole('columnheader', { name: upper }).waitFor();
      await picture(page, shown('6-table'));

      await page.goto('/sales/forecast?measure=sales.orders&bucket=week');
      await page.getByRole('heading', { name: t('sales:forecast.backtest.title') }).waitFor();
      const scores = page.getByRole('table', { name: t('sales:forecast.backtest.title') });
      const error = scores.getByRole('row', { name: t('sales:forecast.backtest.scores.mae') });
      const cells = await error.getByRole('cell').allTextContents();
      expect(cells).toHaveLength(2);
      for (const cell of cells) expect(cell).toMatch(/^\d/);
      await picture(page, shown('7-forecast'));
    });

    it('imports a Shift_JIS file with a bad row, shows it live, and takes it back', async () => {
      const { page } = one;
      const april = 'from=2025-04-01&to=2025-04-30';
      const revenueOfApril = async () =>
        (await overview(april)).kpis.find(({ id }) => id === 'revenue')?.value;
      expect(await revenueOfApril()).toBe(0);
      const other = await signedIn();
      await other.page.goto(`/sales?${april}`);
      await figureOf('revenue', other.page).filter({ hasText: '0.00' }).waitFor();

      await page.goto('/sales/import/new');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: ordersCsv });
      await page.getByText('髙橋商店').first().waitFor();
      const preview = page.getByRole('table', { name: t('sales:import.preview.title') });
      const badRow = preview.getByRole('row', { name: t('sales:rowError.invalid-date') });
      await badRow.filter({ hasText: '2025-02-30' }).waitFor();
      await picture(page, shown('8-columns-found'));
      const column = { name: '受注日' };
      await page.getByLabel(t('sales:import.check.fieldOf', column)).selectOption('ignore');
      await page.getByText(t('sales:import.preview.problems')).waitFor();
      await page.getByLabel(t('sales:import.check.fieldOf', column)).selectOption('time');
      await preview.getByText('00:00').first().waitFor();
      await page.getByLabel(t('sales:import.check.typeOf', column)).selectOption('date');
      await expect.poll(() => preview.getByText('00:00').count()).toBe(0);
      await badRow.waitFor();
      await page.getByRole('radio', { name: t('sales:import.start.modes.good-rows') }).check();
      const start = new RegExp(t('sales:import.start.submit', { rows: '[\\d,]+' }));
      await page.getByRole('button', { name: start }).click();

      await page.getByRole('progressbar').waitFor();
      await picture(page, shown('9-import-running'));
      await page.getByText(t('sales:import.detail.done')).waitFor();
      await picture(page, shown('10-imported'));
      const count = async (key: string) =>
        page
          .locator('dl > div')
          .filter({ hasText: t(`sales:import.detail.${key}`) })
          .locator('dd')
          .first()
          .textContent();
      expect(await count('read')).toBe('100,006');
      expect(await count('stored')).toBe('100,005');
      expect(await count('rejectedRows')).toBe('1');
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: t('sales:import.detail.download') }).click();
      const rejected = readFileSync(await (await downloading).path(), 'utf8');
      expect(rejected).toContain('A-006,2025-02-30,ABC');
      await figureOf('revenue', other.page).filter({ hasText: '6,540' }).waitFor();
      expect(await revenueOfApril()).toBe(APRIL_REVENUE);

      await page.getByRole('button', { name: t('sales:import.detail.undo') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: t('sales:import.detail.undo') }).click();
      await page.getByText(t('sales:import.detail.undone')).waitFor();
      await figureOf('revenue', other.page).filter({ hasText: '0.00' }).waitFor();
      expect(await revenueOfApril()).toBe(0);
      await other.context.close();
    });

    it('tells once by mail and webhook that a rule fired, shows it live, and is told who cares', async () => {
      const { page } = one;
      const addChannel = async (fill: () => Promise<void>) => {
        await page.getByRole('button', { name: t('channel.create') }).click();
        await fill();
        await page
          .getByRole('dialog')
          .getByRole('button', { name: t('action.save') })
          .click();
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      };
      await page.goto('/administration/channels');
      await addChannel(async () => {
        await page.getByLabel(t('field.name')).fill('Shop mail');
        await page.getByRole('combobox', { name: t('channel.to') }).fill('shop@example.com');
        await page.keyboard.press('Enter');
        await picture(page, shown('11-channel'));
      });
      await addChannel(async () => {
        await page
          .getByRole('dialog')
          .getByText(t('channel.kind.webhook'), { exact: true })
          .click();
        await page.getByLabel(t('field.name')).fill('Shop hook');
        await page.getByLabel(t('channel.address')).fill(webhook.url);
      });

      const rule = locale === 'ja' ? '売上高の急増' : 'Revenue leaps up';
      await page.goto('/alerts/rules/new?measure=sales.revenue');
      await page.getByLabel(t('field.name')).fill(rule);
      await page.getByText(t('rule.type.threshold'), { exact: true }).click();
      await page.getByLabel(t('rule.direction')).selectOption('above');
      // Longer than the preview waits for the typing to end: without a limit there is nothing to ask for.
      await page.getByText(t('rule.needsValue')).waitFor();
      await page.waitForTimeout(600);
      await page.getByRole('textbox', { name: t('rule.limit') }).fill('1');
      await page.getByRole('combobox', { name: t('rule.channels') }).press('ArrowDown');
      for (const name of ['Shop mail', 'Shop hook'])
        await page.getByRole('option', { name }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: t('rule.showTable') }).waitFor();
      await picture(page, shown('12-rule'));
      // Opened before the rule is stored: a change of data still under way may check it at once.
      const other = await signedIn();
      await other.page.goto('/sales');
      await other.page.getByText(t('sales:home.alerts.none')).waitFor();
      await page.getByRole('button', { name: t('action.save') }).click();

      await page.getByRole('link', { name: rule }).click();
      const check = page.getByRole('button', { name: t('rule.check') });
      await check.click();
      await other.page.getByRole('link', { name: rule }).waitFor();
      await picture(other.page, shown('13-alert-on-home'));
      await expect.poll(() => [mailbox.mails.length, webhook.posts.length]).toEqual([1, 1]);
      await page.getByText(t('rule.checked')).waitFor();
      await check.click();
      await expect.poll(() => page.getByText(t('rule.checked')).count()).toBe(2);
      expect([mailbox.mails.length, webhook.posts.length]).toEqual([1, 1]);

      const [mail] = mailbox.mails;
      expect(mail?.to).toEqual(['shop@example.com']);
      const link = String(webhook.posts[0]?.link);
      expect(mail?.text).toContain(link);
      await page.goto(link);
      await page.getByRole('heading', { name: rule, level: 1 }).waitFor();
      await page.getByLabel(t('alert.note')).fill('Sale day');
      await picture(page, shown('14-alert'));
      await page.getByRole('button', { name: t('alert.acknowledge') }).click();
      await page.getByRole('heading', { name: t('alert.acknowledged') }).waitFor();
      await page.getByText('Sale day').waitFor();
      await picture(page, shown('15-acknowledged'));
      await other.page.getByText(t('sales:home.alerts.none')).waitFor();
      await other.context.close();
    });

    it('never complained in the browser', () => {
      // The wrong password above is answered with 401, which browsers report by themselves.
      expect(one.complaints.filter((text) => !text.includes('status of 401'))).toEqual([]);
    });
  });
});
