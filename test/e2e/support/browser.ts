import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, describe } from 'vitest';
import { CHROMIUM_NEEDS, findChromium } from './find-chromium.ts';
import { launchChromium } from './launch-chromium.ts';
import { root } from './product.ts';
import type { Locale } from './words.ts';

const TIMEOUT_MS = 30_000;
const found = await findChromium();

const WITHOUT_GPU = ['--disable-gpu'];

/** A suite that needs a browser. Without one it is skipped, and its title says what it lacks. */
export function describeInBrowser(
  title: string,
  tests: (browser: BrowserOf) => void,
  graphics: readonly string[] = WITHOUT_GPU,
): void {
  if (found === undefined) {
    describe.skip(`${title} (needs ${CHROMIUM_NEEDS})`, () => tests(missing));
    return;
  }
  let started: Promise<Browser> | undefined;
  const browser = () => {
    started ??= launchChromium(found, graphics);
    return started;
  };
  describe(title, () => {
    afterAll(async () => (await started)?.close());
    tests(browser);
  });
}

export type BrowserOf = () => Promise<Browser>;
const missing: BrowserOf = () => Promise.reject(new Error(CHROMIUM_NEEDS));

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors the pages wrote to the console, uncaught ones and breaches of the content policy included. */
  readonly complaints: string[];
}

export interface VisitOptions {
  readonly locale: Locale;
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** A signed-in person's: `context.storageState()`. */
  readonly state?: Awaited<ReturnType<BrowserContext['storageState']>>;
}

/** A browser of one person: own cookies, own storage. */
export async function visit(
  browser: BrowserOf,
  url: string,
  options: VisitOptions,
): Promise<Visit> {
  const context = await (await browser()).newContext({
    baseURL: url,
    locale: options.locale === 'ja' ? 'ja-JP' : 'en-GB',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    ...(options.state ? { storageState: options.state } : {}),
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    complaints.push(`${message.text()} (${new URL(page.url()).pathname})`);
  });
  return { context, page, complaints };
}

/** Pictures of what a person saw, for those who want to look: `KIZASHI_TEST_PICTURES=on` puts them in `test-results/`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.KIZASHI_TEST_PICTURES !== 'on') return;
  const folder = join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({
    path: join(folder, `${name}.png`),
    fullPage: true,
    animations: 'disabled',
  });
}
