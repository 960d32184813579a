import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type StandIn,
  startStandIn,
} from '../../packages/server/src/workspaces/downloads/testing/stand-in/stand-in.ts';
import { type Api, administrator, invite, personWith, setUp, until } from './support/api.ts';
import { describeInBrowser, picture, type Visit, visit } from './support/browser.ts';
import { startDemo } from './support/demo.ts';
import { startImport, untilImport } from './support/imports.ts';
import { type Product, root } from './support/product.ts';
import { wordsOf } from './support/words.ts';

const PHONE_WIDTH = 390;
const CSV =
  'order,ordered_at,product,country,quantity,unit_price\nZ-1,2011-12-09,A,Japan,1,1\nZ-2,never,B,Japan,1,1\n';

/** Pages without sign-in, and an address that does not exist. */
const entrance = ['/sign-in', '/setup', '/register', '/reset'];
const pages = [
  '/sales',
  '/sales?period=all&bucket=month&compare=true&country=Germany',
  '/sales?country=Nowhere',
  '/sales/forecast',
  '/sales/import',
  '/sales/import/new',
  '/sales/import/$import',
  '/features',
  '/features/series?loto=loto6&id=N1&period=52&beside=draw',
  '/features/import',
  '/features/import/$series',
  '/features/runs',
  '/features/runs/new',
  '/features/runs/$run',
  '/features/catalogue',
  '/features/quality',
  '/features/lottery',
  '/downloads',
  '/downloads?query=lantern',
  '/downloads/add',
  '/downloads/queue',
  '/downloads/queue/$job',
  '/downloads/library',
  '/downloads/library/$file',
  '/downloads/analytics',
  '/downloads/optimiser',
  '/downloads/settings',
  '/account',
  '/account/security',
  '/account/sessions',
  '/account/tokens',
  '/try',
  '/try?forecast=$forecast&anomalies=$anomalies',
  '/try?forecast=gone',
  '/try/stock',
  '/try/customers',
  '/try/customers?analysis=$customers',
  '/try/recommend',
  '/try/clusters',
  '/try/clusters?analysis=$groups',
  '/alerts',
  '/alerts/$alert',
  '/alerts/rules',
  '/alerts/rules/new',
  '/alerts/rules/$rule',
  '/tasks',
  '/administration/users',
  '/administration/invitations',
  '/administration/organisation',
  '/administration/channels',
  '/administration/deliveries',
  '/administration/audit',
  '/about',
  '/nowhere',
];

describeInBrowser('every page', (browser) => {
  let standIn: StandIn;
  let product: Product;
  let ids: Record<string, string>;
  let state: Awaited<ReturnType<Visit['context']['storageState']>>;

  beforeAll(async () => {
    standIn = await startStandIn({ anonymous: true });
    product = await startDemo(standIn.environment);
    const admin = await setUp(product);
    ids = await fill(admin, product);
    const { context, page } = await visit(browser, product.url, { locale: 'en' });
    await page.goto('/sign-in');
    await signIn(page);
    state = await context.storageState();
    await context.close();
  });
  afterAll(async () => {
    await product?.stop();
    await standIn?.close();
  });

  it('of the router is among those looked at here', () => {
    const declared = [
      'app/core-pages.ts',
      'workspaces/sales/index.ts',
      'workspaces/features/index.ts',
      'workspaces/downloads/index.ts',
    ].flatMap((file) => [
      ...readFileSync(join(root, 'packages/web/src', file), 'utf8').matchAll(/path: '([^']+)'/g),
    ]);
    const patterns = [...entrance, ...pages].map((path) =>
      (path.split('?')[0] ?? '').replaceAll(/\$\w+/g, '$id'),
    );
    expect(declared.length).toBeGreaterThan(20);
    for (const [, path] of declared) expect(patterns).toContain(path);
  });

  describe.each([
    { locale: 'en', colorScheme: 'light', width: 1280 },
    { locale: 'ja', colorScheme: 'dark', width: PHONE_WIDTH },
  ] as const)('in $locale, $colorScheme, $width px wide', ({ locale, colorScheme, width }) => {
    let inside: Visit;
    let outside: Visit;
    beforeAll(async () => {
      outside = await visit(browser, product.url, { locale, colorScheme, width });
      inside = await visit(browser, product.url, {
        locale,
        colorScheme,
        width,
        state: inLanguage(locale),
      });
    });
    afterAll(async () => {
      await outside?.context.close();
      await inside?.context.close();
    });
    const inLanguage = (language: string): typeof state => ({
      ...state,
      origins: state.origins.map((origin) => ({
        ...origin,
        localStorage: [
          ...origin.localStorage.filter(({ name }) => name !== 'kizashi.locale'),
          { name: 'kizashi.locale', value: language },
        ],
      })),
    });

    async function check(page: Page, path: string): Promise<void> {
      await page.goto(path.replaceAll(/\$(\w+)/g, (_, name: string) => ids[name] ?? ''));
      await settled(page);
      await picture(page, `page-${locale}-${width}${path.replaceAll(/[/?&=$]/g, '-')}`);
      expect.soft(await findings(page)).toEqual([]);
      await page.setViewportSize({ width: PHONE_WIDTH, height: 800 });
      // Polled: the frame slides to its new width.
      await expect.poll(() => overflow(page), { message: 'sideways scroll' }).toEqual([]);
      await page.setViewportSize({ width, height: 900 });
    }
    it.each(entrance)('%s has no serious finding and fits a phone', (path) =>
      check(outside.page, path),
    );
    it.each(pages)('%s has no serious finding and fits a phone', (path) =>
      check(inside.page, path),
    );
    it('never complained', () => {
      const own = (text: string) => !/status of 4\d\d/.test(text);
      expect([...inside.complaints, ...outside.complaints].filter(own)).toEqual([]);
    });
  });

  describe('by keyboard', () => {
    const t = wordsOf('en');
    let one: Visit;
    beforeAll(async () => {
      one = await visit(browser, product.url, { locale: 'en' });
    });
    afterAll(() => one?.context.close());
    const focused = () =>
      one.page.evaluate(() => {
        const { activeElement } = document;
        const label =
          activeElement?.id && document.querySelector(`label[for="${activeElement.id}"]`);
        return (label ? label.textContent : activeElement?.textContent) ?? '';
      });

    it('one signs in: e-mail, password, button, in this order', async () => {
      const { page } = one;
      await page.goto('/sign-in');
      await page.getByLabel(t('field.email')).focus();
      await page.keyboard.type(administrator.email);
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(t('field.password'));
      await page.keyboard.type(administrator.password);
      for (let i = 0; i < 2 && (await focused()) !== t('signIn.submit'); i++) {
        await page.keyboard.press('Tab');
      }
      expect(await focused()).toBe(t('signIn.submit'));
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: t('sales:home.figures') }).waitFor();
    });

    it('the first stop leads past header and navigation to the content', async () => {
      const { page } = one;
      await page.goto('/about');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(t('shell.skip'));
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(
        true,
      );
    });

    it('a menu opens, moves and closes, and gives the focus back', async () => {
      const { page } = one;
      const button = page.getByRole('button', { name: t('shell.appearance.title') });
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor();
      await expect.poll(focused).toBe(t('shell.appearance.light'));
      expect.soft(await findings(page)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await expect.poll(focused).toBe(t('shell.appearance.dark'));
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'hidden' });
      await expect
        .poll(() => button.evaluate((element) => element === document.activeElement))
        .toBe(true);
    });

    it('filters, windows and the table behind a chart have no serious finding', async () => {
      const { page } = one;
      await page.goto('/sales');
      await settled(page);
      await page.getByRole('search').getByRole('button').first().press('Enter');
      await page.getByRole('dialog').waitFor();
      expect.soft(await findings(page), 'period').toEqual([]);
      await page.keyboard.press('Escape');
      await page
        .getByRole('button', { name: t('sales:filter.country'), exact: true })
        .press('Enter');
      await page.getByRole('option', { name: 'Germany' }).waitFor();
      expect.soft(await findings(page), 'country').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByText(t('charts:table'), { exact: true }).first().click();
      await page.getByRole('table').first().waitFor();
      expect.soft(await findings(page), 'table').toEqual([]);
      await page.locator('main').press('?');
      await page.getByRole('dialog', { name: t('shortcut.title') }).waitFor();
      expect.soft(await findings(page), 'shortcuts').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.goto('/administration/channels');
      await page.getByRole('button', { name: t('channel.create') }).press('Enter');
      await page.getByRole('dialog').waitFor();
      expect.soft(await findings(page), 'channel').toEqual([]);
    });

    it('the sets of a run are chosen, each with its parameters, also on a phone', async () => {
      const { page } = one;
      await page.goto('/features/runs/new');
      await page.getByText(t('features:newRun.chosen')).click();
      const set = page.getByRole('group', { name: 'antropy' });
      await set.getByRole('checkbox', { name: 'antropy' }).check();
      await set.getByRole('button').press('Enter');
      await set.getByLabel('kmax').fill('many');
      await set.getByText(t('features:newRun.unreadable')).waitFor();
      expect.soft(await findings(page), 'sets').toEqual([]);
      await picture(page, 'window-sets-of-a-run');
      await page.setViewportSize({ width: PHONE_WIDTH, height: 800 });
      await expect.poll(() => overflow(page), { message: 'sideways scroll' }).toEqual([]);
      await picture(page, 'window-sets-of-a-run-phone');
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('an administrator makes a token that acts as somebody else', async () => {
      const { page } = one;
      await page.goto('/administration/users');
      const { name } = personWith('analyst');
      await page.getByRole('button', { name: t('users.actionsFor', { name }) }).press('Enter');
      await page.getByRole('menuitem', { name: t('account.tokens.title') }).press('Enter');
      const window = page.getByRole('dialog', { name: t('account.tokens.title') });
      await window.getByText(t('account.tokens.none')).waitFor();
      expect.soft(await findings(page), 'no tokens').toEqual([]);
      await window.getByRole('button', { name: t('account.tokens.create') }).press('Enter');
      await window.getByLabel(t('field.name')).fill('nightly');
      // An analyst's token: what only administrators may do is not offered.
      expect(await window.getByLabel('users.manage').count()).toBe(0);
      await window.getByLabel('sales.read').press('Space');
      expect.soft(await findings(page), 'new token').toEqual([]);
      await picture(page, 'window-new-token-of-somebody');
      await window.getByRole('button', { name: t('account.tokens.create') }).press('Enter');
      await window.getByText(t('account.tokens.once')).waitFor();
      const secret = await window.getByLabel('nightly').inputValue();
      const { status, body } = await whoIs(secret);
      expect({ status, email: body.user?.email }).toEqual({
        status: 200,
        email: personWith('analyst').email,
      });
      await window.getByRole('button', { name: t('action.done') }).press('Enter');
      await window.getByText('nightly').waitFor();
      expect.soft(await findings(page), 'tokens').toEqual([]);
      await picture(page, 'window-tokens-of-somebody');
      await window.getByRole('button', { name: t('account.tokens.remove') }).press('Enter');
      const question = page.getByRole('dialog', { name: t('account.tokens.remove') });
      await question.getByRole('button', { name: t('account.tokens.remove') }).press('Enter');
      await window.getByText(t('account.tokens.none')).waitFor();
      expect((await whoIs(secret)).status).toBe(401);
    });
    async function whoIs(secret: string) {
      const response = await fetch(`${product.url}/api/auth/me`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      const body = (await response.json()) as { user?: { email: string } };
      return { status: response.status, body };
    }
  });
});

async function signIn(page: Page): Promise<void> {
  const t = wordsOf('en');
  await page.getByLabel(t('field.email')).fill(administrator.email);
  await page.getByLabel(t('field.password'), { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
  await page.getByRole('navigation', { name: t('shell.navigation') }).waitFor();
}

/** Something to show on every page. @returns ids for the addresses */
async function fill(admin: Api, product: Product): Promise<Record<string, string>> {
  await invite(admin, product, 'analyst');
  await admin.post('/api/invitations', { role: 'viewer' });
  await admin.post('/api/tokens', { name: 'script', scopes: ['sales.read'], expiresAt: null });
  const { id: channelId } = await admin.post<{ id: string }>('/api/channels', {
    kind: 'webhook',
    name: 'Refusing',
    enabled: true,
    locale: 'en',
    quietHours: null,
    address: 'http://127.0.0.1:9/',
  });
  const { id: rule } = await admin.post<{ id: string }>('/api/alerts/rules', {
    name: 'Revenue leaps up',
    measure: 'sales.revenue',
    bucket: 'day',
    filters: { country: ['Germany', 'France'] },
    condition: { type: 'threshold', direction: 'above', value: 1 },
    severity: 'critical',
    channelIds: [channelId],
    enabled: true,
    cooldownMinutes: 0,
  });
  await admin.post(`/api/alerts/rules/${rule}/evaluate`);
  const { items } = await until(
    () => admin.get<{ items: { id: string }[] }>('/api/alerts'),
    (alerts) => alerts.items.length > 0,
  );
  const csv = new TextEncoder().encode(CSV);
  const options = { mode: 'good-rows', currency: 'GBP' } as const;
  const { id } = await startImport(admin, 'orders.csv', csv, options);
  await untilImport(admin, ({ state }) => state === 'done');
  return {
    rule,
    alert: items[0]?.id ?? '',
    import: id,
    ...(await fillFeatures(admin)),
    ...(await fillDownloads(admin)),
    ...(await analyse(admin)),
  };
}

/** A job with a file that came, one that is set aside, and a line that is no link. */
async function fillDownloads(admin: Api): Promise<Record<string, string>> {
  const inputs = [
    { kind: 'model', source: 'civitai', id: '600003' },
    { kind: 'link', url: 'nonsense' },
  ];
  const { id: job } = await admin.post<{ id: string }>('/api/downloads/jobs', { inputs });
  await until(
    () => admin.get<{ state: string }>(`/api/downloads/jobs/${job}`),
    ({ state }) => state === 'FAILED',
  );
  const { items } = await admin.get<{ items: { id: string; state: string }[] }>(
    '/api/downloads/library?state=quarantined',
  );
  return { job, file: items[0]?.id ?? '' };
}

/** Analyses of a short file, ended. */
async function analyse(admin: Api): Promise<Record<string, string>> {
  const values = [3, 5, 4, 6, 3, 5, 4, 7, 3, 6, 4, 90, 3, 5, 5, 6];
  const rows = values.map((y, i) => `2026-01-${String(i + 1).padStart(2, '0')},${y},${i % 4}`);
  const csv = new TextEncoder().encode(['ds,y,n', ...rows].join('\n'));
  const ended = async (kind: string, options: object) => {
    const text = encodeURIComponent(JSON.stringify(options));
    const address = `/api/analyses?kind=${kind}&name=short.csv&options=${text}`;
    const { id } = await admin.call<{ id: string }>('POST', address, csv);
    await until(
      () => admin.get<{ state: string }>(`/api/analyses/${id}`),
      ({ state }) => state === 'done',
    );
    return id;
  };
  return {
    forecast: await ended('forecast', { h: 3, model: 'ets', layout: { y: 'y' } }),
    anomalies: await ended('anomalies', { layout: { y: 'y' } }),
    customers: await ended('customers', { customer: 'y', time: 'ds', amount: 'n' }),
    groups: await ended('cluster', { columns: ['n', 'y'], id: 'ds' }),
  };
}

/** Stored series, a file with rows that cannot be read, and a run. */
async function fillFeatures(admin: Api): Promise<Record<string, string>> {
  const upload = (name: string, csv: string) =>
    admin.call<{ id: string }>(
      'POST',
      `/api/features/imports?name=${name}`,
      new TextEncoder().encode(csv),
    );
  const ended = (address: string, states: readonly string[]) =>
    until(
      () => admin.get<{ state: string }>(address),
      ({ state }) => states.includes(state),
    );
  const example = await admin.post<{ id: string }>('/api/features/example');
  await ended(`/api/features/imports/${example.id}`, ['stored']);
  const series = await upload('few.csv', 'unique_id,ds,y\na,2026-01-01,1\na,2026-01-02,none\n');
  await ended(`/api/features/imports/${series.id}`, ['checked']);
  const sets = [{ set: 'catch22' }, { set: 'rolling' }];
  const run = await admin.post<{ id: string }>('/api/features/runs', { name: 'Two sets', sets });
  await ended(`/api/features/runs/${run.id}`, ['done']);
  return { series: series.id, run: run.id };
}

/** Everything asked for has come, and no placeholder is left. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1, [role=alert]').first().waitFor();
  const waiting = page.locator('.mantine-Skeleton-root, [aria-busy=true]');
  // Twice: what has loaded may be a part that loads its own.
  for (let round = 0; round < 2; round++) {
    await expect.poll(() => waiting.count(), { interval: 20 }).toBe(0);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** What axe finds of weight, each with its places. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}

/** What sticks out of the page sideways. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      `${scrollWidth} > ${clientWidth}`,
      ...wide.slice(0, 5).map((element) => element.className.toString()),
    ];
  });
}
