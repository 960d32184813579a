/**
 * Import on SQLite: from a file on disk to figures on the screen.
 *
 *   node bench/sales-import.ts              the demo (541,909 rows), three runs
 *   node bench/sales-import.ts 10000000     generated rows instead, one run
 *
 * Prints the time and rate of storing (read, decode, parse, check, insert) and of showing (column cache and rollups),
 * the longest the main thread was held up meanwhile, and the memory of the whole process.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gunzipSync } from 'node:zlib';
import { demoMapping } from '../packages/server/src/workspaces/sales/demo.ts';
import { dataRange } from '../packages/server/src/workspaces/sales/store/dimensions.ts';
import { generateSales } from './support/sales-generate.ts';
import { generatedMapping, median, openShop, peakMemoryMib } from './support/sales-shop.ts';

const generated = Number(process.argv[2] ?? 0);
const demo = new URL(
  '../packages/server/src/workspaces/sales/demo/online_retail.csv.gz',
  import.meta.url,
);
const storing: number[] = [];
const showing: number[] = [];
let rows = 0;
const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

for (let run = 0; run < (generated > 0 ? 1 : 3); run++) {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));
  try {
    const file = join(folder, 'sales.csv');
    if (generated > 0) await generateSales(file, generated);
    else writeFileSync(file, gunzipSync(readFileSync(demo)));
    const shop = await openShop(join(folder, 'data'));
    const analytics = shop.openAnalytics();
    await analytics.sync();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const started = performance.now();
    const cpuBefore = process.cpuUsage();
    await shop.importFile(file, generated > 0 ? generatedMapping : demoMapping);
    const stored = performance.now();
    const cpuStored = seconds(process.cpuUsage(cpuBefore));
    const memoryStored = peakMemoryMib();
    await analytics.sync();
    ({ lines: rows } = await dataRange(analytics));
    storing.push(stored - started);
    showing.push(performance.now() - stored);
    delay.disable();
    const cpuShown = seconds(process.cpuUsage(cpuBefore)) - cpuStored;
    console.log(
      `run ${run + 1}: stored ${((stored - started) / 1000).toFixed(1)} s (processor ${cpuStored.toFixed(1)} s), ` +
        `shown after ${(showing.at(-1)! / 1000).toFixed(1)} s more (processor ${cpuShown.toFixed(1)} s); ` +
        `event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, longest ${(delay.max / 1e6).toFixed(1)} ms; ` +
        `memory at most ${memoryStored} MiB while storing, ${peakMemoryMib()} MiB in all`,
    );
    await analytics.stop();
    await shop.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const both = storing.map((ms, i) => ms + showing[i]!);
console.log(
  `${rows} rows: median ${(median(both) / 1000).toFixed(1)} s from file to figures; ` +
    `${Math.round(rows / (median(storing) / 1000))} rows/s stored, ${Math.round(rows / (median(showing) / 1000))} rows/s shown`,
);
