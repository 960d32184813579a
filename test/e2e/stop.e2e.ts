import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Api, setUp } from './support/api.ts';
import { figures, salesCsv, startImport, untilImport } from './support/imports.ts';
import {
  bareEnvironment,
  CLI,
  root,
  spawnProduct,
  startProduct,
  temporaryFolder,
} from './support/product.ts';

const ROWS = 300_000;

it('stops cleanly while an import runs, which the next start takes to its end', async () => {
  const data = temporaryFolder();
  const settings = { KIZASHI_DEMO: 'off', KIZASHI_JOB_TAKEOVER_SECONDS: '0.4' };
  let product = await startProduct(data, settings);
  await setUp(product);
  const api = new Api(() => product.url);
  await api.signIn();
  await startImport(api, 'sales.csv', salesCsv(ROWS, 2));
  await untilImport(api, ({ state, rowsRead }) => state === 'running' && rowsRead > 0);

  expect(await product.stop(), product.log()).toBe(0);
  expect(product.log()).toContain('Stopped.');

  product = await startProduct(data, settings);
  await api.signIn();
  const { rowsStored } = await untilImport(api, ({ state }) => state === 'done');
  expect(rowsStored).toBe(ROWS);
  expect(await figures(api)).toEqual({ revenue: 2 * ROWS, orders: ROWS / 4 });
  expect(await product.stop(), product.log()).toBe(0);
});

it('leaves an import that a command began and Ctrl-C ended to the next start, and says so', async () => {
  const data = temporaryFolder();
  const file = join(data, 'sales.csv');
  writeFileSync(file, salesCsv(ROWS, 3));
  const env = bareEnvironment({ KIZASHI_DATA: data, KIZASHI_DEMO: 'off' });
  const command = spawn(process.execPath, [CLI, 'import', file], { cwd: root, env });
  let told = '';
  command.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  // Its first word is how far it is.
  command.stderr.once('data', () => command.kill('SIGINT'));
  const [code] = await once(command, 'close');
  expect(code).toBe(130);
  expect(told).toContain('goes on where Kizashi runs');

  const product = await startProduct(data, { KIZASHI_DEMO: 'off' });
  await setUp(product);
  const api = new Api(() => product.url);
  await api.signIn();
  const { rowsStored } = await untilImport(api, ({ state }) => state === 'done');
  expect(rowsStored).toBe(ROWS);
  await product.stop();
}, 120_000);

it('stops cleanly when that is asked for while it starts', async () => {
  const child = spawnProduct(temporaryFolder(), { KIZASHI_DEMO: 'off', KIZASHI_LOG_LEVEL: 'info' });
  // The first words of its log: the database is there, and nothing else yet.
  child.stderr.once('data', () => child.kill('SIGINT'));
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
