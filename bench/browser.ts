/**
 * What a person waits for, on the demo data in headless Chromium: the second start of the product, the first paint
 * (desktop, and a slow 4G line: 1.6 Mbit/s, 150 ms there and back), and the repaint of Home after a
 * change of filter (from the click to the last change of the page).
 *
 *   node bench/browser.ts [rounds, default 7]
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { administrator, setUp, until } from '../test/e2e/support/api.ts';
import { CHROMIUM_NEEDS, findChromium } from '../test/e2e/support/find-chromium.ts';
import { createFolder, root, startProduct } from '../test/e2e/support/product.ts';
import { median } from './support/sales-shop.ts';

const rounds = Number(process.argv[2] ?? 7);
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 93_750,
};
const PRESETS = ['Last 90 days', 'Last 7 days', 'Last 28 days', 'Everything'];

const found = await findChromium();
if (found === undefined) throw new Error(`this benchmark needs ${CHROMIUM_NEEDS}`);
spawnSync(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'build'], { stdio: 'inherit' });
const data = createFolder();

function print(what: string, times: readonly number[]): void {
  const all = times.map((ms) => ms.toFixed(0)).join(' ');
  console.log(`${what.padEnd(45)} median ${median(times).toFixed(0).padStart(5)} ms  (${all})`);
}

async function repeat(measure: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await measure());
  return times;
}

async function firstPaint(page: Page, path: string): Promise<number> {
  await page.goto(path);
  return page.evaluate(async () => {
    for (;;) {
      const [entry] = performance.getEntriesByName('first-contentful-paint');
      if (entry !== undefined) return entry.startTime;
      await new Promise((next) => requestAnimationFrame(next));
    }
  });
}

/** Milliseconds from a click until nothing on the page changes any more, the frame that shows it included. */
async function repaint(page: Page, preset: string): Promise<number> {
  await page
    .getByRole('button', { name: /Last|Everything/ })
    .first()
    .click();
  const choice = page.getByRole('button', { name: preset, exact: true });
  await choice.waitFor();
  await page.evaluate(() => {
    const seen = { clicked: 0, last: 0 };
    Object.assign(window, { seen });
    addEventListener(
      'click',
      () => {
        seen.clicked = performance.now();
      },
      { capture: true, once: true },
    );
    const changed = () =>
      requestAnimationFrame(() => {
        seen.last = performance.now();
      });
    new MutationObserver(changed).observe(document.querySelector('main')!, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
  await choice.click();
  await page.waitForLoadState('networkidle');
  return page.evaluate(async () => {
    const { seen } = window as unknown as { seen: { clicked: number; last: number } };
    let last = 0;
    while (last !== seen.last) {
      last = seen.last;
      await new Promise((next) => setTimeout(next, 400));
    }
    return seen.last - seen.clicked;
  });
}

const browser = await chromium.launch({
  executablePath: found.executable,
  env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), ...found.env },
  args: ['--no-sandbox', '--disable-gpu'],
});

try {
  const first = await startProduct(data);
  await until(
    async () => (await fetch(`${first.url}/metrics`)).text(),
    (metrics) => metrics.includes('kizashi_jobs{name="sales.import",state="done"} 1'),
  );
  await setUp(first);
  await first.stop();

  const starts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const product = await startProduct(data);
    starts.push(performance.now() - began);
    await product.stop();
  }
  print('start with data, until the address is printed', starts);

  const product = await startProduct(data);
  const open = (): Promise<BrowserContext> =>
    browser.newContext({ baseURL: product.url, locale: 'en-GB', reducedMotion: 'reduce' });

  const paint = (slow: boolean) => async () => {
    const context = await open();
    const page = await context.newPage();
    if (slow) {
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', SLOW_4G);
    }
    const ms = await firstPaint(page, '/sign-in');
    await context.close();
    return ms;
  };
  print('first paint, nothing cached, desktop', await repeat(paint(false)));
  print('first paint, nothing cached, slow 4G', await repeat(paint(true)));

  const context = await open();
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(administrator.email);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/sales**');
  const repaints: number[] = [];
  for (let round = 0; round < rounds * 2; round++) {
    repaints.push(await repaint(page, PRESETS[round % PRESETS.length]!));
  }
  print('change of period, until the page is at rest', repaints);
  await product.stop();
} finally {
  await browser.close();
  rmSync(data, { recursive: true, force: true });
}
