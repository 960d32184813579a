import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Api, setUp, until } from './support/api.ts';
import { type Product, root, startProduct, temporaryFolder } from './support/product.ts';
import { seeded } from './support/random.ts';

const KILLS = 10;
const settings = { KIZASHI_DEMO: 'off', KIZASHI_JOB_TAKEOVER_SECONDS: '0.4' };
/** The first draws of two games. */
const games = ['loto6', 'numbers3'].map((game) =>
  join(root, `packages/server/src/workspaces/features/fixtures/${game}-120-draws.csv`),
);

interface Run {
  readonly id: string;
  readonly state: string;
  readonly seriesDone: number;
  readonly seriesTotal: number;
  readonly rowsWritten: number;
  readonly timings: Readonly<Record<string, number>>;
}

function hasMore({ state, rowsWritten }: Run, rows: number): boolean {
  return rowsWritten > rows || (state !== 'running' && state !== 'planning');
}

let product: Product | undefined;
afterAll(() => product?.kill());

/** Stores the games and starts a run of everything. */
async function begin(api: Api): Promise<string> {
  for (const file of games) {
    const { id } = await api.call<{ id: string }>(
      'POST',
      `/api/features/imports?name=${file.split('/').at(-1)}&store=true`,
      readFileSync(file),
    );
    await until(
      () => api.get<{ state: string }>(`/api/features/imports/${id}`),
      ({ state }) => state === 'stored',
    );
  }
  return (await api.post<Run>('/api/features/runs')).id;
}

/** One number for each table, by what anybody can download. */
async function digests(api: Api): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of ['hist', 'futr', 'stat']) {
    const { text, ok } = await api.ask('GET', `/api/features/export/${table}?format=csv`);
    expect(ok).toBe(true);
    found[table] =
      `${text.split('\n').length} rows, ${createHash('sha256').update(text).digest('hex')}`;
  }
  return found;
}

it(`fills the same tables, killed ${KILLS} times in the middle`, { timeout: 900_000 }, async () => {
  const calm = await startProduct(temporaryFolder(), settings);
  product = calm;
  const calmApi = await setUp(calm);
  const calmId = await begin(calmApi);
  const begun = performance.now();
  const calmRun = await until(
    () => calmApi.get<Run>(`/api/features/runs/${calmId}`),
    ({ state }) => state !== 'planning' && state !== 'running',
    300_000,
  );
  expect(calmRun.state).toBe('done');
  const lasts = performance.now() - begun;
  const expected = await digests(calmApi);
  await calm.stop();

  const data = temporaryFolder();
  const random = seeded(20_261_122);
  let current = await startProduct(data, settings);
  product = current;
  await setUp(current);
  const api = new Api(() => current.url);
  await api.signIn();
  const id = await begin(api);
  const ask = () => api.get<Run>(`/api/features/runs/${id}`);

  let interrupted = 0;
  let written = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // Every other time not before something new was written, and by what the whole run takes here: a slow machine gets somewhere
    // between its kills, a fast one does not end before them.
    if (kill % 2 === 1) await until(ask, (run) => hasMore(run, written));
    await new Promise((later) => setTimeout(later, (random() * lasts) / KILLS));
    const before = await ask();
    if (before.state === 'running') interrupted++;
    await current.kill();
    current = await startProduct(data, settings);
    product = current;
    await api.signIn();
    // What is done stays done.
    const after = await ask();
    expect(after.seriesDone).toBeGreaterThanOrEqual(before.seriesDone);
    expect(after.rowsWritten).toBeGreaterThanOrEqual(before.rowsWritten);
    written = after.rowsWritten;
  }
  // A kill after the end would prove nothing.
  expect(interrupted).toBeGreaterThan(KILLS / 2);
  expect(written).toBeGreaterThan(0);
  const run = await until(ask, ({ state }) => state !== 'running' && state !== 'planning', 300_000);
  expect(run).toMatchObject({ state: 'done', seriesDone: calmRun.seriesTotal });
  expect(run.rowsWritten).toBe(calmRun.rowsWritten);
  expect(await digests(api)).toEqual(expected);
  expect(await current.stop(), current.log()).toBe(0);
});
