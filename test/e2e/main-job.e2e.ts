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
/** Saved by a Japanese Excel; the row added to it has no date. */
const ordersCsv = Buffer.concat([
  readFileSync(join(root, 'packages/server/src/core/csv/fixtures/orders-cp932.csv')),
  Buffer.from('A-006,2025-02-30,ABC,Milk,1,100,100,\r\n'),
]);

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
      figures(page).filter({ hasText: t(`sales:measure.${id}`) });
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
      const value = (id: string) => kpis.find((kpi) => kpi.id === id)?.value;
      expect({
        revenue: value('revenue'),
        orders: value('orders'),
        customers: value('customers'),
      }).toEqual(demo);
      for (const { id } of kpis) {
        expect(await figureOf(id).locator('svg').count(), `trend of ${id}`).toBeGreaterThan(0);
      }
      const text = async (id: string) => (await figureOf(id).textContent()) ?? '';
      expect(await text('revenue')).toMatch(/[£￡]10,666,685/);
      expect(await text('orders')).toContain('19,960');
      expect(await text('customers')).toContain('4,338');
      await picture(page, shown('3-home'));
    });
  });
});
