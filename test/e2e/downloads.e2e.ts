import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type StandIn,
  startStandIn,
} from '../../packages/server/src/workspaces/downloads/testing/stand-in/stand-in.ts';
import { Api, administrator, setUp, until } from './support/api.ts';
import { describeInBrowser, picture, type Visit, visit } from './support/browser.ts';
import { type Product, startProduct, temporaryFolder } from './support/product.ts';
import { type Locale, locales, wordsOf } from './support/words.ts';

/** Bytes per second of one connection, and how many there are: slow enough for a middle to be killed in. */
const RATE = 1_200_000;
const CONNECTIONS = 4;
/** Processor time of the page's thread to show fifty other rows, seconds. */
const PAGE_TURN = 1.5;
const TOKEN = 'stand-in-token';
/** What a pause and a kill may cost: pieces that were on their way, and what the sockets held. */
const IN_THE_AIR = 3_000_000;

interface Job {
  readonly id: string;
  readonly state: string;
  readonly doneBytes: number;
  readonly sizeBytes: number;
  readonly counts: Readonly<Record<string, number>>;
}
interface LibraryFile {
  readonly id: string;
  readonly path: string;
  readonly state: string;
  readonly sha256: string;
  readonly verdict: string;
  readonly verified: string;
}

describeInBrowser('downloads', (browser) => {
  let standIn: StandIn | undefined;
  let data: string;
  let product: Product;
  let api: Api;
  let one: Visit;
  beforeAll(async () => {
    standIn = await startStandIn({ rate: RATE });
    data = temporaryFolder();
    product = await start();
    await setUp(product);
    api = new Api(() => product.url);
    await api.signIn();
    one = await signedIn('en');
  });
  afterAll(async () => {
    await one?.context.close();
    await product?.kill();
    await standIn?.close();
  });

  const start = () =>
    startProduct(data, {
      KIZASHI_DEMO: 'false',
      KIZASHI_JOB_TAKEOVER_SECONDS: '0.4',
      ...standIn?.environment,
    });
  const t = wordsOf('en');
  const button = (name: string) => one.page.getByRole('button', { name, exact: true });
  const jobs = () => api.get<{ items: Job[] }>('/api/downloads/jobs');
  const files = () => api.get<{ items: LibraryFile[] }>('/api/downloads/library');

  async function signedIn(locale: Locale): Promise<Visit> {
    const person = await visit(browser, product.url, { locale });
    const { page } = person;
    const words = wordsOf(locale);
    await page.goto('/sign-in');
    await page.getByLabel(words('field.email')).fill(administrator.email);
    await page.getByLabel(words('field.password'), { exact: true }).fill(administrator.password);
    await page.getByRole('button', { name: words('signIn.submit') }).click();
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
    await page.evaluate((name) => localStorage.setItem('kizashi.locale', name), locale);
    return person;
  }
  const stateIs = (page: Page, state: string) =>
    page
      .locator('header .kz-badge')
      .getByText(t(`downloads:state.${state}`))
      .waitFor();

  it('a token is entered once and never shown again', async () => {
    const { page } = one;
    await page.goto('/downloads/settings');
    const form = page.getByRole('form', { name: 'CivitAI' });
    await form.getByText(t('downloads:sources.noToken')).waitFor();
    await form.getByLabel(t('downloads:sources.token', { name: 'CivitAI' })).fill(TOKEN);
    await form.getByRole('button', { name: t('downloads:sources.save') }).click();
    await form.getByText(t('downloads:sources.hasToken')).waitFor();
    const { text } = await api.ask('GET', '/api/downloads/sources');
    expect(text).not.toContain(TOKEN);
    const slowly = page.getByLabel(t('downloads:settings.maxConnections'), { exact: true });
    await slowly.fill(String(CONNECTIONS));
    await button(t('downloads:settings.save')).click();
    await page.getByText(t('downloads:settings.saved')).waitFor();
    const settings = await api.get<{ maxConnections: number }>('/api/downloads/settings');
    expect(settings.maxConnections).toBe(CONNECTIONS);
  });

  it('a search shows what there is, and what stands in the way', async () => {
    const { page } = one;
    await page.goto('/downloads');
    await page.getByLabel(t('downloads:search.creator')).fill('example_maker');
    await button(t('downloads:search.submit')).click();
    const cards = page.getByRole('list', { name: t('downloads:search.found') });
    await cards.getByText('Paper Lantern - Style').waitFor();
    await cards.getByText(t('downloads:barrier.early-access')).first().waitFor();
    await cards.locator('img').first().waitFor();
    await picture(page, 'downloads-search-en');
    // One file and one model are picked, and one of them is put back.
    await cards.getByLabel('easyexample.pt').first().click();
    await page.getByText(/^Picked: 1/).waitFor();
    const whole = cards.getByRole('button', {
      name: t('downloads:search.pickOf', {
        what: t('downloads:search.pick.model'),
        name: 'Paper Lantern - Style',
      }),
      exact: true,
    });
    await whole.click();
    await page.getByText(/^Picked: 2/).waitFor();
    await whole.click();
    await page.getByText(/^Picked: 1/).waitFor();
    await page.reload();
    await page.getByText(/^Picked: 1/).waitFor();
    await button(t('downloads:tray.clear')).click();
    await page.reload();
    await page.getByRole('heading', { name: t('downloads:search.title'), exact: true }).waitFor();
    expect(await page.getByText(/^Picked:/).count()).toBe(0);
  });

  it('a collection is queued by its link; lines that are no links are told by number', async () => {
    const { page } = one;
    await page.goto('/downloads/add');
    const link = `${standIn?.civitai.url}/collections/104`;
    await page.getByLabel(t('downloads:add.linksLabel')).fill(`${link}\nno link\n`);
    await page.getByText(t('downloads:add.wrongLine', { line: 2, text: 'no link' })).waitFor();
    await page.getByLabel(t('downloads:options.name')).first().fill('Lanterns and markets');
    await button(t('downloads:add.submit', { links: 1 })).click();
    await page.getByRole('heading', { level: 1, name: 'Lanterns and markets' }).waitFor();
  });

  it('it pauses, is killed, and goes on where it was', async () => {
    // In the middle of the large file.
    const running = await until(jobs, ({ items }) => (items[0]?.doneBytes ?? 0) > 8_000_000);
    const id = running.items[0]!.id;
    expect(running.items[0]!.state).toBe('PROCESSING');
    await picture(one.page, 'downloads-job-en');
    await button(t('downloads:control.pause')).click();
    await stateIs(one.page, 'PAUSED');
    const paused = await until(
      () => api.get<Job>(`/api/downloads/jobs/${id}`),
      ({ state, counts }) => state === 'PAUSED' && counts.PROCESSING === 0,
    );
    await product.kill();
    product = await start();
    await api.signIn();
    await one.context.close();
    one = await signedIn('en');
    const back = await api.get<Job>(`/api/downloads/jobs/${id}`);
    expect(back.state).toBe('PAUSED');
    expect(back.doneBytes).toBeGreaterThanOrEqual(paused.doneBytes);

    await one.page.goto('/downloads/queue');
    await one.page.getByRole('link', { name: 'Lanterns and markets' }).first().click();
    await stateIs(one.page, 'PAUSED');
    await button(t('downloads:control.resume')).click();
    // And once more, without being asked to pause.
    await until(
      () => api.get<Job>(`/api/downloads/jobs/${id}`),
      ({ doneBytes, state }) => doneBytes > paused.doneBytes + 8_000_000 || state === 'COMPLETED',
    );
    await product.kill();
    product = await start();
    await api.signIn();
    await one.context.close();
    one = await signedIn('en');
    await one.page.goto(`/downloads/queue/${id}`);
    await stateIs(one.page, 'COMPLETED');
    const { doneBytes } = await api.get<Job>(`/api/downloads/jobs/${id}`);
    expect(standIn!.storage.sent() - doneBytes).toBeLessThan(IN_THE_AIR);
    await picture(one.page, 'downloads-completed-en');
  });

  it('every file is verified and scanned; the dangerous one is set aside', async () => {
    const { page } = one;
    await page.goto('/downloads/library');
    await page.getByRole('link', { name: /bigLantern/ }).waitFor();
    await picture(page, 'downloads-library-en');
    const { items } = await files();
    const stored = items.filter(({ state }) => state === 'stored');
    expect(stored.length).toBeGreaterThanOrEqual(5);
    for (const { path, sha256, verified } of stored) {
      const bytes = readFileSync(join(data, 'library', path));
      expect(createHash('sha256').update(bytes).digest('hex'), path).toBe(sha256);
      expect(verified, path).toBe('sha256');
    }
    const [aside, ...others] = items.filter(({ state }) => state === 'quarantined');
    expect(others).toEqual([]);
    expect(aside).toMatchObject({ verdict: 'dangerous' });
    const content = await api.ask('GET', `/api/downloads/library/${aside!.id}/content`);
    expect(content.ok).toBe(false);
  });

  it('it is released by somebody who may, with a reason that is kept', async () => {
    const { page } = one;
    await page.goto('/downloads/library?state=quarantined');
    await page.getByRole('link', { name: /easyexample/ }).click();
    await page.getByText(t('downloads:file.verdictText.dangerous')).waitFor();
    await picture(page, 'downloads-quarantine-en');
    await button(t('downloads:file.release')).click();
    const window = page.getByRole('dialog');
    const release = window.getByRole('button', { name: t('downloads:file.release') });
    expect(await release.isDisabled()).toBe(true);
    await window.getByLabel(t('downloads:file.reason')).fill('It is inert: a test of ours.');
    await release.click();
    await page.locator('header').getByText(t('downloads:library.states.stored')).waitFor();
    const { text } = await api.ask('GET', '/api/audit');
    expect(text).toContain('It is inert: a test of ours.');
  });

  it('the analytics say what happened, and the report is a page and a PDF', async () => {
    const { page } = one;
    await page.goto('/downloads/analytics');
    await page.getByText(t('downloads:analytics.figures')).waitFor();
    await picture(page, 'downloads-analytics-en');
    await page.getByRole('button', { name: t('downloads:analytics.report') }).click();
    const addressOf = (format: string) =>
      page
        .getByRole('menuitem', { name: t(`downloads:analytics.reports.${format}`) })
        .getAttribute('href');
    const html = await one.context.request.get((await addressOf('html')) ?? '');
    expect(html.headers()['content-type']).toContain('text/html');
    expect(await html.text()).toContain('127.0.0.1');
    const pdf = await one.context.request.get((await addressOf('pdf')) ?? '');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('the optimiser says what it chose and why', async () => {
    const { page } = one;
    await page.goto('/downloads/optimiser');
    await page.getByText(t('downloads:optimiser.hosts')).waitFor();
    await picture(page, 'downloads-optimiser-en');
  });

  it.each(locales)('10,000 files are a page at a time in %s', async (locale) => {
    const words = wordsOf(locale);
    if (locale === 'en') {
      const lines = Array.from({ length: 9999 }, (_, i) => `http://127.0.0.1:9/part-${i}.bin`);
      const manifest = new TextEncoder().encode([...lines, 'what is this?'].join('\n'));
      await api.call('POST', '/api/downloads/jobs/manifest?name=Many&paused=true', manifest);
    }
    const many = await until(jobs, ({ items }) => items[0]?.counts.PAUSED === 9999);
    expect(many.items[0]!.counts.FAILED).toBe(1);
    const person = locale === 'en' ? one : await signedIn(locale);
    const { page } = person;
    await page.goto(`/downloads/queue/${many.items[0]!.id}`);
    const table = page.getByRole('table', { name: words('downloads:items.title') });
    await table.getByText('part-0.bin', { exact: true }).waitFor();
    const worked = await processorTime(page);
    const before = await worked();
    const next = page.getByRole('button', { name: words('downloads:pager.next') });
    for (let seen = 50; seen <= 150; seen += 50) {
      await next.click();
      await page
        .getByText(words('downloads:pager.rows', { from: seen + 1, to: seen + 50 }))
        .waitFor();
    }
    expect(((await worked()) - before) / 3).toBeLessThan(PAGE_TURN);
    expect(await table.getByRole('row').count()).toBe(51);
    await page.getByLabel(words('downloads:items.search')).fill('part-9998');
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
    // The line that is no link says so.
    await page.getByLabel(words('downloads:items.search')).fill('');
    await page.getByRole('link', { name: words('downloads:job.showFailed') }).click();
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
    await table.getByText('10000', { exact: false }).first().waitFor();
    await picture(page, `downloads-many-${locale}`);
    if (person !== one) await person.context.close();
  });

  it('a source that is gone is said to be, with what to do; the queue stays', async () => {
    await standIn?.close();
    standIn = undefined;
    const { page } = one;
    await page.goto('/downloads?query=lantern&source=hugging-face');
    await page.getByText(t('downloads:search.unreachable')).waitFor();
    // Its own words, in which the host stands.
    await page.getByRole('alert').getByText('127.0.0.1').waitFor();
    await picture(page, 'downloads-unreachable-en');
    await page
      .getByRole('link', { name: t('downloads:search.toSettings'), exact: true })
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('nothing complained', () => {
    // What the server refuses is written to the console, too.
    const own = (text: string) => !/status of [45]\d\d/.test(text);
    expect(one.complaints.filter(own)).toEqual([]);
  });
});

/** Seconds that the page's thread has worked so far, whatever else the machine does. */
async function processorTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
}
