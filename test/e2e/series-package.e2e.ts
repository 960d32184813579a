import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeInBrowser, visit } from './support/browser.ts';
import { root, temporaryFolder } from './support/product.ts';

const run = promisify(execFile);

/** Runs wherever modules do, and answers with text. */
const PROGRAM = `
  const y = Float64Array.from({ length: 300 }, (_, t) => Math.sin(t / 7) + (t % 5) / 10);
  const names = ['catch22', 'tsfel', 'tsfeatures', 'antropy', 'tsfresh-efficient'];
  const values = names.map((name) => {
    const summarise = series.summariser(series.summarySet(name));
    return [name, summarise(y)];
  });
  const { mean } = series.autoForecast(y, { m: 5, h: 3, levels: [0.9] }).forecast;
  const ahead = (model) => [...model.forecast(3).mean];
  const forecasts = [
    ahead(series.fitArima(y, { m: 5, order: { p: 1, d: 0, q: 1 } })),
    ahead(series.fitTbats(y, { seasons: [5] })),
    ahead(series.fitCes(y, { m: 5 })),
    ahead(series.fitLstm(y, { m: 5, hidden: 4, epochs: 3 })),
    [...series.fitAdditive({ t: y.map((_, i) => i * 864e5), y }, { search: 'exact' }).fitted.slice(-3)],
  ];
  const detector = series.createDetector();
  const scores = [...y, 50].map((value) => detector.push(value).score).slice(-2);
  const columns = [y, y.map((v, i) => i % 7)];
  const target = y.map((v) => (v > 0.2 ? 1 : 0));
  const trees = series.fitBoostedTrees(series.featureTable(columns), target, { objective: 'binary', rounds: 5 });
  const predicted = [...series.predictBoosted(trees, series.featureTable(columns)).slice(0, 3)];
  const groups = [...series.kMeans(columns, 3).labels.slice(0, 9)];
  const lines = { customers: 9, customer: Int32Array.from(y, (_, i) => (i * i) % 9), day: Int32Array.from(y, (_, i) => i) };
  const log = series.purchaseLog({ ...lines, amount: y.map(Math.abs) });
  const buyers = series.fitNbd(series.purchaseSummary(log)).status;
  const bought = series.interactions({ ...lines, items: 6, item: Int32Array.from(y, (_, i) => (i * 5) % 6) });
  const alike = series.fitEase(bought) !== null;
  return JSON.stringify([values, [...mean], forecasts, scores, predicted, groups, buyers, alike]);
`;
const NODE = `import * as series from '@kizashi/series';
  process.stdout.write((() => {${PROGRAM}})());`;
const NODE_WORKER = `import { Worker } from 'node:worker_threads';
  const url = new URL('./task.mjs', import.meta.url);
  new Worker(url).on('message', (text) => process.stdout.write(text));`;
const TASK = `import * as series from '@kizashi/series';
  import { parentPort } from 'node:worker_threads';
  parentPort.postMessage((() => {${PROGRAM}})());`;
const BROWSER_WORKER = `import * as series from './index.js';
  postMessage((() => {${PROGRAM}})());`;
const TYPED = `import { summariser, summarySet, type FeatureValue } from '@kizashi/series';
  const set = summarySet('catch22');
  export const value: FeatureValue | undefined = summariser(set)(new Float64Array(3))['x'];
  // @ts-expect-error a name is not a series
  summariser(set)('x');
  import { createGpuFeatures, type GpuDevice } from '@kizashi/series/gpu';
  export const start = (device: GpuDevice) => createGpuFeatures(device).matrixProfiles([], 3);
  // @ts-expect-error an adapter is no device
  createGpuFeatures({ requestDevice() {} });`;

describe('the package @kizashi/series', () => {
  let folder: string;
  let installed: string;
  let expected: string;
  const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const node = async (name: string) =>
    (await run(process.execPath, [name], { cwd: folder, maxBuffer: 1 << 26 })).stdout;

  beforeAll(async () => {
    folder = temporaryFolder();
    const made = await run(process.execPath, ['packages/series/scripts/package.mjs', folder], {
      cwd: root,
    });
    const tarball = made.stdout.trim().split('\n').at(-1)!;
    file('package.json', '{"private":true,"type":"module"}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--offline', tarball], { cwd: folder });
    installed = join(folder, 'node_modules/@kizashi/series');
    file('program.mjs', NODE);
    expected = await node('program.mjs');
  });

  it('works in Node, where nothing else is installed', () => {
    expect(JSON.parse(expected)[0][0][1].CO_f1ecac).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).not.toHaveProperty(
      'dependencies',
    );
  });

  it('works in a worker thread', async () => {
    file('task.mjs', TASK);
    file('worker.mjs', NODE_WORKER);
    expect(await node('worker.mjs')).toBe(expected);
  });

  it('tells a compiler its types', async () => {
    file('typed.ts', TYPED);
    const options = { strict: true, noEmit: true, module: 'NodeNext', target: 'ES2024', types: [] };
    file('tsconfig.json', JSON.stringify({ compilerOptions: options, files: ['typed.ts'] }));
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], { cwd: folder });
  });

  describeInBrowser('in a browser', (browser) => {
    it('works on a page and in a worker of it', async () => {
      const pages: Record<string, [type: string, text: string]> = {
        '/': ['text/html', '<!doctype html><title>series</title>'],
        '/worker.js': ['text/javascript', BROWSER_WORKER],
      };
      for (const name of readdirSync(installed).filter((one) => one.endsWith('.js'))) {
        pages[`/${name}`] = ['text/javascript', readFileSync(join(installed, name), 'utf8')];
      }
      const server = createServer((request, response) => {
        const [type, text] = pages[request.url ?? ''] ?? ['text/plain', ''];
        response.setHeader('content-type', type).end(text);
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const { port } = server.address() as AddressInfo;
      const { context, page, complaints } = await visit(browser, `http://127.0.0.1:${port}`, {
        locale: 'en',
      });
      await page.goto('/');
      const onPage = await page.evaluate(`import('/index.js').then((series) => { ${PROGRAM} })`);
      const inWorker = await page.evaluate(
        `new Promise((done) => {
          new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => done(data);
        })`,
      );
      // The same engine, but not the same release of it: sines may differ in the last digit.
      for (const text of [onPage, inWorker])
        expectClose(JSON.parse(String(text)), JSON.parse(expected));
      expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
      await context.close();
      server.close();
    });
  });
});

function expectClose(actual: unknown, wanted: unknown): void {
  if (typeof wanted === 'number') {
    expect(actual).toBeCloseTo(wanted, 6);
  } else if (typeof wanted === 'object' && wanted !== null) {
    expect(Object.keys(actual as object)).toEqual(Object.keys(wanted));
    for (const [key, value] of Object.entries(wanted)) {
      expectClose((actual as Record<string, unknown>)[key], value);
    }
  } else expect(actual).toBe(wanted);
}
