import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Api, invite, personWith, setUp } from './support/api.ts';
import { describeInBrowser, picture, type Visit, visit } from './support/browser.ts';
import { type Product, startProduct, temporaryFolder } from './support/product.ts';
import { wordsOf } from './support/words.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  /** As the API describes it; `public` routes have none. */
  readonly permission: string | undefined;
}

const t = wordsOf('en');

describeInBrowser('a viewer', (browser) => {
  let product: Product;
  let viewer: Api;
  let one: Visit;

  beforeAll(async () => {
    product = await startProduct(temporaryFolder(), { KIZASHI_DEMO: 'off' });
    viewer = await invite(await setUp(product), product, 'viewer');
    one = await visit(browser, product.url, { locale: 'en' });
    const { page } = one;
    await page.goto('/sign-in');
    await page.getByLabel(t('field.email')).fill(personWith('viewer').email);
    await page.getByLabel(t('field.password'), { exact: true }).fill(personWith('viewer').password);
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await page.getByRole('navigation', { name: t('shell.navigation') }).waitFor();
  });
  afterAll(async () => {
    await one?.context.close();
    await product?.stop();
  });

  it('is offered only the pages that they may see', async () => {
    const navigation = one.page.getByRole('navigation', { name: t('shell.navigation') });
    expect(await navigation.getByRole('link').allTextContents()).toEqual([
      t('sales:navigation.home'),
      t('sales:navigation.forecast'),
      t('features:navigation.series'),
      t('features:navigation.runs'),
      t('features:navigation.catalogue'),
      t('features:navigation.quality'),
      t('features:navigation.lottery'),
      t('downloads:navigation.queue'),
      t('downloads:navigation.library'),
      t('downloads:navigation.analytics'),
      t('downloads:navigation.optimiser'),
      t('downloads:navigation.settings'),
      t('navigation.alerts'),
    ]);
    await one.page.getByText(t('sales:home.empty.textViewer')).waitFor();
    expect(await one.page.getByRole('link', { name: t('sales:home.import') }).count()).toBe(0);
  });

  it.each(['/try', '/sales/import/new', '/alerts/rules/new', '/tasks', '/administration/users'])(
    'is told so at %s, inside the frame',
    async (path) => {
      const { page } = one;
      await page.goto(path);
      await page.getByText(t('state.noPermission.title')).waitFor();
      await page.getByRole('navigation', { name: t('shell.navigation') }).waitFor();
      await picture(page, `viewer${path.replaceAll('/', '-')}`);
    },
  );

  it('is refused by every route of the API whose permission they lack', async () => {
    const { permissions } = await viewer.get<{ permissions: string[] }>('/api/auth/me');
    const needing = (await operations(viewer)).filter(({ permission }) => permission !== undefined);
    const refused = needing.filter(({ permission }) => !permissions.includes(permission ?? ''));
    expect(refused.length).toBeGreaterThan(20);
    for (const { method, path } of refused) {
      const { status, text } = await viewer.ask(method, path, method === 'GET' ? undefined : {});
      expect({ method, path, status }).toEqual({ method, path, status: 403 });
      expect(JSON.parse(text)).toMatchObject({ status: 403, code: expect.any(String) });
    }
    const allowed = needing.filter(({ permission }) => permissions.includes(permission ?? ''));
    for (const { method, path } of allowed.filter(({ method }) => method === 'GET')) {
      expect((await viewer.ask(method, path)).status, path).not.toBe(403);
    }
  });
});

/** Every operation with a permission, as `/api/openapi.json` lists them; parameters of paths are filled in. */
async function operations(api: Api): Promise<Operation[]> {
  const { paths } = await api.get<{
    paths: Record<string, Record<string, { description?: string }>>;
  }>('/api/openapi.json');
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { description }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/{\w+}/g, 'some'),
      permission: /Permission: `([\w.]+)`/.exec(description ?? '')?.[1],
    })),
  );
}
