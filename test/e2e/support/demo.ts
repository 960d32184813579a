import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { until } from './api.ts';
import { type Product, startProduct, temporaryFolder } from './product.ts';

/** The product with the demo loaded and nobody registered yet. */
export async function startDemo(settings: Record<string, string> = {}): Promise<Product> {
  return startProduct(await demoData(), settings);
}

/** A data folder as the product leaves it when it was stopped after loading the demo. */
export async function demoData(): Promise<string> {
  const data = temporaryFolder();
  cpSync(await loadedData(), data, { recursive: true });
  return data;
}

/** Loaded by the product itself, once in a run; every test gets a copy. */
async function loadedData(): Promise<string> {
  const loaded = join(inject('runFolder'), 'demo');
  if (existsSync(loaded)) return loaded;
  const loading = join(inject('runFolder'), 'loading');
  if (!isMade(loading)) {
    await until(
      async () => existsSync(loaded),
      (done) => done,
    );
    return loaded;
  }
  const product = await startProduct(loading);
  // Nobody is registered, so the figures for machines are what can be asked.
  const isLoaded = (metrics: string) =>
    metrics.includes('kizashi_jobs{name="sales.import",state="done"} 1');
  await until(async () => (await fetch(`${product.url}/metrics`)).text(), isLoaded);
  const code = await product.stop();
  if (code !== 0) throw new Error(`the product ended with ${code}: ${product.log()}`);
  renameSync(loading, loaded);
  return loaded;
}

/** Makes a folder; false when somebody else has: files run side by side. */
function isMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
