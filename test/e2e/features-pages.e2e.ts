import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, administrator, invite, personWith, setUp, until } from './support/api.ts';
import { describeInBrowser, picture, type Visit, visit } from './support/browser.ts';
import { type Product, startProduct, temporaryFolder } from './support/product.ts';
import { type Locale, locales, wordsOf } from './support/words.ts';

/** Two series of draws, and two rows that cannot be read. */
const CSV = [
  'loto,unique_id,ds,y,draw',
  ...Array.from({ length: 200 }, (_, i) => [
    `tiny,N1,${day(i)},${1 + ((i * 7) % 10)},${i + 1}`,
    `tiny,N2,${day(i)},${11 + ((i * 3) % 10)},${i + 1}`,
  ]).flat(),
  'tiny,N1,2026-13-45,3,201',
  'tiny,N2,2026-01-01,many,201',
].join('\n');

function day(i: number): string {
  return new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10);
}

describeInBrowser('the pages of Features', (browser) => {
  describe.each(locales)('in %s', (locale) => {
    const t = wordsOf(locale);
    let product: Product;
    let admin: Api;
    let one: Visit;

    beforeAll(async () => {
      product = await startProduct(temporaryFolder(), { KIZASHI_DEMO: 'false' });
      admin = await setUp(product);
      one = await signedIn(locale, administrator.email);
    });
    afterAll(async () => {
      await one?.context.close();
      await product?.stop();
    });

    async function signedIn(language: Locale, email: string): Promise<Visit> {
      const person = await visit(browser, product.url, { locale: language });
      const { page } = person;
      const words = wordsOf(language);
      await page.goto('/sign-in');
      await page.getByLabel(words('field.email')).fill(email);
      await page.getByLabel(words('field.password'), { exact: true }).fill(administrator.password);
      await page.getByRole('button', { name: words('signIn.submit') }).click();
      await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
      // The account is English; this is what its language menu does.
      await page.evaluate((name) => localStorage.setItem('kizashi.locale', name), language);
      return person;
    }
    const heading = (name: string) => one.page.getByRole('heading', { level: 1, name });
    const section = (name: string) =>
      one.page.locator('section').filter({
        has: one.page.getByRole('heading', { level: 2, name, exact: true }),
      });

    it('an empty installation says what to do; one press loads the example', async () => {
      const { page } = one;
      await page.goto('/features');
      await page.getByText(t('features:series.empty.title')).waitFor();
      await picture(page, `features-empty-${locale}`);
      await page.getByRole('button', { name: t('features:series.example') }).click();
      await page.getByText(t('features:import.stored'), { exact: true }).waitFor();
      await page.getByRole('link', { name: t('features:import.look') }).click();
      await heading(t('features:series.title')).waitFor();
      await page.getByRole('link', { name: 'N6', exact: true }).waitFor();
      await page.getByLabel(t('features:series.search')).fill('B');
      await expect.poll(() => page.getByRole('link', { name: /^[NB]\d$/ }).count()).toBe(1);
    });

    it('a series shows its values, its parts and its patterns, each also as a table', async () => {
      const { page } = one;
      await page.goto('/features/series?loto=loto6&id=N1');
      await heading('N1').waitFor();
      // The choice beside it has a picture too.
      await section(t('features:explorer.values')).locator('[role=img]').waitFor();
      const parts = section(t('features:decomposition.title'));
      await parts.getByText(t('features:decomposition.no-season')).waitFor();
      await parts.getByLabel(t('features:decomposition.period')).fill('52');
      await parts.getByRole('img').waitFor();
      await parts.getByText(t('charts:table'), { exact: true }).click();
      await parts.getByRole('columnheader', { name: t('features:decomposition.trend') }).waitFor();
      const patterns = section(t('features:patterns.title'));
      await patterns.getByText(t('charts:table'), { exact: true }).click();
      // Three motifs and three discords.
      await expect.poll(() => patterns.getByRole('row').count()).toBe(7);
      await page.getByText(t('features:values.empty')).waitFor();
      await picture(page, `features-series-${locale}`);
    });

    it('a file is checked before anything of it is stored', async () => {
      const { page } = one;
      await page.goto('/features/import');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'tiny.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
      await heading('tiny.csv').waitFor();
      const rejected = section(t('features:rejected.title'));
      await expect.poll(() => rejected.getByRole('row').count()).toBe(3);
      await rejected.getByText('2026-13-45').waitFor();
      await picture(page, `features-report-${locale}`);
      const datasets = () => admin.get<{ items: { loto: string }[] }>('/api/features/datasets');
      expect((await datasets()).items.map(({ loto }) => loto)).toEqual(['loto6']);
      await page.getByRole('button', { name: t('features:import.storeGood') }).click();
      await page.getByText(t('features:import.stored'), { exact: true }).waitFor();
      expect((await datasets()).items.map(({ loto }) => loto)).toContain('tiny');
    });

    it('one press computes everything; a run can be paused and goes on', async () => {
      const { page } = one;
      await page.goto('/features/runs/new');
      await page.getByRole('button', { name: t('features:newRun.start') }).click();
      await page.getByRole('button', { name: t('features:run.pause') }).click();
      await page.getByText(t('features:run.state.paused'), { exact: true }).waitFor();
      await page.getByRole('button', { name: t('features:run.resume') }).click();
      await page
        .getByText(t('features:run.state.done'), { exact: true })
        .first()
        .waitFor({ timeout: 120_000 });
      await section(t('features:timings.title')).getByText('catch22@90').waitFor();
      await section(t('features:runSeries.title')).getByRole('link', { name: 'N6' }).waitFor();
      await picture(page, `features-run-${locale}`);
      await page
        .getByRole('button', { name: t('features:results.exportOf', { table: 'features_stat' }) })
        .click();
      const csv = page.getByRole('menuitem', { name: t('features:results.csv') });
      const address = await csv.getAttribute('href');
      const reply = await one.context.request.get(address ?? '');
      expect(await reply.text()).toContain('CO_f1ecac');
    });

    it('computed values can be searched for, and the catalogue says what they are', async () => {
      const { page } = one;
      await page.goto('/features/series?loto=loto6&id=N1');
      const values = section(t('features:values.title'));
      await values.getByLabel(t('features:values.search')).fill('f1ecac');
      await values.getByText('CO_f1ecac', { exact: true }).waitFor();
      await expect.poll(() => values.getByRole('row').count()).toBe(2);
      const formula = { en: 'First lag at which', ja: '自己相関が初めて 1/e を下回るラグ' };
      await values.getByRole('cell', { name: formula[locale] }).waitFor();
      await values.getByLabel(t('features:values.search')).fill(formula[locale]);
      await values.getByText('CO_f1ecac', { exact: true }).waitFor();
      await page.goto('/features/catalogue');
      const search = page.getByLabel(t('features:catalogue.search'));
      await search.fill('CO_f1ecac');
      await page.getByRole('cell', { name: /^catch22/ }).waitFor();
      await page.getByRole('cell', { name: formula[locale] }).waitFor();
      await search.fill({ en: 'sample entropy', ja: '標本エントロピー' }[locale]);
      await page.getByText('sample_entropy_order2', { exact: true }).waitFor();
      await picture(page, `features-catalogue-${locale}`);
      const table = page.getByRole('region', { name: t('features:catalogue.title') });
      expect(await table.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
      await search.fill('CO_f1ecac');
      await page.getByLabel(t('features:catalogue.onlyPointInTime')).check();
      await page.getByText(t('features:catalogue.none')).waitFor();
    });

    it('the quality page tells what is missing and what is said twice', async () => {
      const { page } = one;
      const found = await admin.get<{ pairs: { a: string; b: string }[] }>(
        '/api/features/insight/quality?table=hist&loto=loto6',
      );
      const names = found.pairs.map(({ a, b }) => `${a} = ${b}`);
      expect(names).toContain('lottery: odd_count = lottery: even_count');
      await page.goto('/features/quality?table=hist&loto=loto6');
      const first = section(t('features:quality.pairsTitle')).getByRole('row').nth(1);
      await first.getByText(found.pairs[0]?.a ?? '', { exact: true }).waitFor();
      await first.getByText(found.pairs[0]?.b ?? '', { exact: true }).waitFor();
      await picture(page, `features-quality-${locale}`);
    });

    it('the lottery page says that nothing foretells a draw, and shows the tests that say so', async () => {
      const { page } = one;
      await page.goto('/features/lottery?loto=loto6');
      await page.getByText(t('features:lottery.honest.title')).waitFor();
      const tests = section(t('features:tests.title'));
      await tests.getByText(t('features:tests.summary.random')).waitFor();
      await tests.getByText('0.791').waitFor();
      const board = page.getByRole('list', { name: t('features:board.title') });
      expect(await board.getByRole('listitem').count()).toBe(43);
      await section(t('features:carryOver.title')).getByRole('img').waitFor();
      await picture(page, `features-lottery-${locale}`);
    });

    it('somebody who may only look sees results, but no button that changes anything', async () => {
      const { email } = personWith('viewer');
      await invite(admin, product, 'viewer');
      const viewer = await signedIn(locale, email);
      const { page } = viewer;
      await page.goto('/features');
      await page.getByRole('link', { name: 'N6', exact: true }).waitFor();
      expect(await page.getByRole('link', { name: t('features:series.import') }).count()).toBe(0);
      await page.goto('/features/runs');
      await page.getByText(t('features:run.state.done'), { exact: true }).waitFor();
      expect(await page.getByRole('link', { name: t('features:run.new') }).count()).toBe(0);
      await page.goto('/features/runs/new');
      await page.getByText(t('state.noPermission.title')).waitFor();
      await viewer.context.close();
    });

    it('no page complained', () => {
      expect(one.complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
    });
  });

  it('progress arrives by itself while a run goes on', async () => {
    const product = await startProduct(temporaryFolder(), { KIZASHI_DEMO: 'false' });
    const admin = await setUp(product);
    try {
      const { id } = await admin.post<{ id: string }>('/api/features/example');
      const state = () => admin.get<{ state: string }>(`/api/features/imports/${id}`);
      await until(state, (now) => now.state === 'stored');
      const t = wordsOf('en');
      const { context, page } = await visit(browser, product.url, { locale: 'en' });
      await page.goto('/sign-in');
      await page.getByLabel(t('field.email')).fill(administrator.email);
      await page.getByLabel(t('field.password'), { exact: true }).fill(administrator.password);
      await page.getByRole('button', { name: t('signIn.submit') }).click();
      await page.getByRole('navigation', { name: t('shell.navigation') }).waitFor();
      await page.goto('/features/runs');
      await page.getByText(t('features:run.empty.title')).waitFor();
      await admin.post('/api/features/runs', { name: 'From elsewhere', horizon: 0 });
      await page.getByRole('link', { name: 'From elsewhere' }).waitFor();
      await page.getByText(t('features:run.state.done'), { exact: true }).waitFor({
        timeout: 120_000,
      });
      await context.close();
    } finally {
      await product.stop();
    }
  });
});
