import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../testing/databases.ts';
import type { Analytics } from './analytics.ts';
import { createAnalytics } from './create-analytics.ts';

let folder: string;
let numbers: string;
let timeZone: string;
const open: Analytics[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kizashi-analytics-'));
  numbers = join(folder, 'numbers');
  timeZone = 'Asia/Tokyo';
  writeFileSync(numbers, '3');
});
afterEach(async () => {
  for (const analytics of open.splice(0)) await analytics.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start({ onDemand = false } = {}): Analytics {
  const analytics = createAnalytics({
    onDemand,
    folder: join(folder, 'cache'),
    databaseUrl: numbers,
    memoryMb: 64,
    factSources: [new URL('./fixtures/counting-facts.ts', import.meta.url)],
    timeZone: async () => timeZone,
    log: silentLog,
    threads: 1,
  });
  open.push(analytics);
  return analytics;
}
const count = async (analytics: Analytics): Promise<number> => {
  const rows = await analytics.query<{ count: number }>(
    'SELECT count(*) AS count FROM counting_numbers',
  );
  return rows[0]!.count;
};

it('answers the first question after the first sync', async () => {
  const analytics = start();
  const early = count(analytics);
  await analytics.sync();
  expect(await early).toBe(3);
});

it('opened on demand, answers the first question with what there is, and opens nothing before', async () => {
  const filled = start();
  await filled.sync();
  await filled.stop();
  const analytics = start({ onDemand: true });
  writeFileSync(numbers, '4');
  expect(analytics.version()).toBe(0);
  expect(await count(analytics)).toBe(4);
  const unasked = start({ onDemand: true });
  await unasked.stop();
});

it('gives whole numbers as numbers, missing values as null, and takes lists, empty ones too', async () => {
  const analytics = start();
  await analytics.sync();
  expect(
    await analytics.query(
      'SELECT n, label, half, sum(n) OVER () AS total FROM counting_numbers WHERE n IN (SELECT unnest($1)) ORDER BY n',
      [[1, 2, 99]],
    ),
  ).toEqual([
    { n: 1, label: 'n1', half: 0.5, total: 3 },
    { n: 2, label: null, half: 1, total: 3 },
  ]);
  const none = await analytics.query(
    'SELECT n FROM counting_numbers WHERE label IN (SELECT unnest($1::VARCHAR[]))',
    [[]],
  );
  expect(none).toEqual([]);
});

it('raises the version when facts change, and only then', async () => {
  const analytics = start();
  await analytics.sync();
  const before = analytics.version();
  await analytics.sync();
  expect(analytics.version()).toBe(before);
  writeFileSync(numbers, '4');
  expect(await count(analytics)).toBe(3);
  await analytics.sync();
  expect(analytics.version()).toBeGreaterThan(before);
  expect(await count(analytics)).toBe(4);
});

it('keeps its file over a restart', async () => {
  const first = start();
  await first.sync();
  const version = first.version();
  await first.stop();
  const second = start();
  // No sync: what was there is answered at once.
  expect(await count(second)).toBe(3);
  expect(second.version()).toBe(version);
});

it('answers from the old state while a sync runs', async () => {
  const analytics = start();
  await analytics.sync();
  writeFileSync(`${numbers}.hold`, '');
  writeFileSync(numbers, '5000');
  const running = analytics.sync();
  // Different statements, so that none comes from the results kept.
  for (let i = 0; i < 5; i++) {
    expect(
      await analytics.query(`SELECT count(*) AS count, ${i} AS i FROM counting_numbers`),
    ).toEqual([{ count: 3, i }]);
  }
  rmSync(`${numbers}.hold`);
  await running;
  expect(await count(analytics)).toBe(5000);
});

it('does not miss a change made while a sync runs', async () => {
  const analytics = start();
  await analytics.sync();
  writeFileSync(`${numbers}.hold`, '');
  writeFileSync(numbers, '10');
  const running = analytics.sync();
  await analytics.query('SELECT 1');
  writeFileSync(numbers, '20');
  const asked = [analytics.sync(), analytics.sync()];
  expect(asked[0]).toBe(asked[1]);
  rmSync(`${numbers}.hold`);
  await running;
  await Promise.all(asked);
  expect(await count(analytics)).toBe(20);
});

it('is rebuilt when the reporting time zone changes', async () => {
  const analytics = start();
  await analytics.sync();
  const before = analytics.version();
  timeZone = 'Europe/London';
  await analytics.sync();
  expect(analytics.version()).toBeGreaterThan(before);
  expect(await count(analytics)).toBe(3);
});

it('replaces a file that cannot be read, with a newer version', async () => {
  const first = start();
  await first.sync();
  const version = first.version();
  await first.stop();
  writeFileSync(join(folder, 'cache', 'analytics-0.duckdb'), 'no database');
  const second = start();
  await second.sync();
  expect(await count(second)).toBe(3);
  expect(second.version()).toBeGreaterThan(version);
});

it('takes the next file when another process holds the first', async () => {
  const cache = join(folder, 'cache');
  mkdirSync(cache);
  const script = fileURLToPath(new URL('./fixtures/hold-cache-file.ts', import.meta.url));
  const other = spawn(process.execPath, [script, cache], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(other.stdout, 'data')) as [Buffer];
  expect(line.toString()).toContain('analytics-0.duckdb');
  const analytics = start();
  await analytics.sync();
  expect(await count(analytics)).toBe(3);
  expect(existsSync(join(cache, 'analytics-1.duckdb'))).toBe(true);
  other.stdin.end();
  await once(other, 'exit');
});

it.each([
  ['reads files', "SELECT * FROM read_csv('/etc/passwd')"],
  ['writes files', "COPY (SELECT 1) TO '/tmp/kizashi-escape.csv'"],
  ['opens databases', "ATTACH '/tmp/kizashi-other.duckdb'"],
  ['loads extensions', 'INSTALL httpfs'],
  ['changes its own settings', 'SET enable_external_access = true'],
])('never %s', async (_what, sql) => {
  const analytics = start();
  await analytics.sync();
  await expect(analytics.query(sql)).rejects.toMatchObject({ code: 'ANALYTICS_FAILED' });
});

it('tells those who wait when the first sync fails, and works once it succeeds', async () => {
  writeFileSync(numbers, 'away');
  const analytics = start();
  const waiting = count(analytics);
  const outcome = expect(waiting).rejects.toThrow('the database is away');
  await expect(analytics.sync()).rejects.toThrow('the database is away');
  await outcome;
  writeFileSync(numbers, '2');
  await analytics.sync();
  expect(await count(analytics)).toBe(2);
});

it('keeps the old state when a later sync fails', async () => {
  const analytics = start();
  await analytics.sync();
  writeFileSync(numbers, 'away');
  await expect(analytics.sync()).rejects.toThrow('the database is away');
  expect(await count(analytics)).toBe(3);
});

it('stops in the middle of a sync, and starts again from the old state', async () => {
  const first = start();
  await first.sync();
  writeFileSync(`${numbers}.hold`, '');
  writeFileSync(numbers, '5000');
  const running = first.sync();
  const outcome = expect(running).rejects.toMatchObject({ code: 'ANALYTICS_UNAVAILABLE' });
  await first.query('SELECT 1');
  await first.stop();
  await outcome;
  const second = start();
  expect(await count(second)).toBe(3);
});

it('refuses to work once stopped', async () => {
  const analytics = start();
  await analytics.sync();
  await analytics.stop();
  await expect(count(analytics)).rejects.toMatchObject({ code: 'ANALYTICS_UNAVAILABLE' });
});
