import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, type Visit, visit } from './support/browser.ts';
import type { Comparison } from './support/gpu-comparison.ts';
import { SOFTWARE_GPU } from './support/launch-chromium.ts';
import { root } from './support/product.ts';

/** The comparison and the library in one module, as a person's bundler would make it. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2024',
      minify: false,
      lib: {
        entry: join(root, 'test/e2e/support/gpu-comparison.ts'),
        formats: ['es'],
        fileName: 'page',
      },
    },
  });
  const [made] = [built].flat();
  if (made === undefined || !('output' in made)) throw new Error('nothing was bundled');
  return made.output[0].code;
}

describeInBrowser(
  'features on a GPU, in a page',
  (browser) => {
    let server: Server;
    let visited: Visit;

    /** Calls the module in the page with a device of its own. */
    const onPage = <R>(call: string): Promise<R> =>
      visited.page.evaluate(`(async () => {
        const page = await import('/page.js');
        const adapter = await navigator.gpu.requestAdapter();
        const device = await adapter.requestDevice();
        const answer = await page.${call};
        device.destroy();
        return answer;
      })()`);

    beforeAll(async () => {
      const code = await bundle();
      server = createServer((request, response) => {
        const isModule = request.url === '/page.js';
        response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html');
        response.end(
          isModule ? code : '<!doctype html><title>gpu</title><link rel="icon" href="data:,">',
        );
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const { port } = server.address() as AddressInfo;
      visited = await visit(browser, `http://127.0.0.1:${port}`, { locale: 'en' });
      await visited.page.goto('/');
    });

    afterAll(async () => {
      await visited?.context.close();
      server?.close();
    });

    it.each([
      ['rolling', 10_000],
      ['rolling-windows', 7_000],
      ['lags', 5_000],
      ['anomaly', 4_000],
      ['calendar', 25_000],
    ])('are those of the processor within the stated tolerance: %s', async (set, least) => {
      const { compared, worst, where } = await onPage<Comparison>(
        `compareColumns(device, ${JSON.stringify(set)})`,
      );
      expect(compared).toBeGreaterThan(least);
      expect(worst, where).toBeLessThan(1);
      // 64 bits throughout would mean that nothing was computed there.
      expect(worst).toBeGreaterThan(0);
    });

    it('find the same neighbours for the matrix profile as WebAssembly and as its definition', async () => {
      const { compared, worst, where } = await onPage<Comparison>('compareProfiles(device)');
      expect(compared).toBeGreaterThan(5_000);
      expect(worst, where).toBeLessThan(1);
    });

    it('leave no buffer behind, also where work fails', async () => {
      const { made, left } = await onPage<{ made: number; left: number }>(
        'countBuffersLeft(device)',
      );
      expect(made).toBeGreaterThan(30);
      expect(left).toBe(0);
    });

    it('end with an error that says so when the device is lost', async () => {
      const lost = 'SERIES_GPU_FAILURE lost';
      expect(await onPage('failuresOfLostDevice(device)')).toEqual([lost, lost]);
    });

    it('and nothing was written to the console', () => {
      expect(visited.complaints).toEqual([]);
    });
  },
  SOFTWARE_GPU,
);
