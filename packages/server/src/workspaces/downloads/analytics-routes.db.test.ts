import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCompute } from '../../core/compute/worker-pool.ts';
import type { Database } from '../../core/db/database.ts';
import { migrate } from '../../core/db/migrate.ts';
import type { OrganisationSettings } from '../../core/settings/settings.ts';
import { describeDatabases, silentLog } from '../../testing/databases.ts';
import { createFakeTime } from '../../testing/fake-time.ts';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';
import { createRandom } from '../../testing/random.ts';
import { createEventLog, type EventNote } from './analytics/event-log.ts';
import { downloadsAnalyticsMigrations } from './analytics/migrations.ts';
import { analyticsRoutes } from './analytics-routes.ts';
import { analyticsSchema, type DownloadAnalytics, optimiserSchema } from './contract.ts';
import { createOptimiser } from './optimiser/create-optimiser.ts';
import { simulate } from './optimiser/testing/simulated-network.ts';
import { downloadsPermissions } from './permissions.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Daylight saving ends in this zone on 25 October 2026: that day has 25 hours. */
const ZONE = 'Europe/Berlin';
const FROM = Date.UTC(2026, 9, 19, 22);
const TO = FROM + 10 * DAY + HOUR;

const errors = {
  DOWNLOADS_DISK_FULL: {
    status: 507,
    en: 'No room for {name}.',
    ja: '{name} の空きがありません。',
  },
};

describeDatabases('analytics', ({ create, connect }) => {
  const time = createFakeTime(TO);
  const compute = createCompute({ threads: 1 });
  const optimiser = createOptimiser({
    bounds: {
      ...{ mode: 'adaptive', maxFiles: 4, maxConnections: 8, hosts: {}, bytesPerSecond: null },
    },
  });
  let db: Database;
  let http: TestHttp;
  let notes: EventNote[];

  beforeAll(async () => {
    const databaseUrl = await create();
    db = await connect(databaseUrl);
    await migrate(db, downloadsAnalyticsMigrations);
    const log = createEventLog({ db, clock: time.clock, after: time.after, log: silentLog });
    notes = events();
    for (const note of notes) log.note(note);
    await log.flush();
    simulate({ seed: 1, files: [5e7], perConnection: 1e7 }, optimiser);
    const settings = {
      get: async () => ({ timeZone: ZONE, name: 'Ōmi & Söhne <ltd>' }),
    } as unknown as OrganisationSettings;
    http = await openTestHttp({
      permissions: downloadsPermissions,
      clock: time.clock,
      routes: [
        analyticsRoutes({
          db,
          databaseUrl,
          compute,
          clock: time.clock,
          settings,
          optimiser,
          errors,
        }),
      ],
    });
  });
  afterAll(async () => {
    await http.close();
    await compute.stop();
  });

  const get = async (query = `from=${FROM}&to=${TO}`): Promise<DownloadAnalytics> => {
    const reply = await http.as('viewer').get(`/api/downloads/analytics?${query}`);
    expect(reply.status).toBe(200);
    return analyticsSchema.parse(reply.body);
  };

  it('counts what a naive count counts', async () => {
    const of = (kind: string) => notes.filter((note) => note.kind === kind);
    const completed = of('download_completed');
    const speeds = completed
      .map((note) => (note.bytes! * 1000) / note.durationMs!)
      .sort((a, b) => a - b);
    const { usage, performance, sources, types, verdicts } = await get();
    const failed = of('download_failed').length - of('download_retried').length;
    expect(usage).toEqual({
      downloads: completed.length + failed + 3 + 1,
      completed: completed.length,
      failed,
      cancelled: 1,
      linked: 3,
      bytes: completed.reduce((sum, note) => sum + note.bytes!, 0),
      savedBytes: 3e6,
      wastedBytes: completed.length * 1000,
      searches: 2,
      apiRequests: 100,
      successRate: completed.length / (completed.length + failed),
    });
    expect(performance.medianBytesPerSecond).toBeCloseTo(
      (speeds[(speeds.length - 1) >> 1]! + speeds[speeds.length >> 1]!) / 2,
      6,
    );
    expect(performance.medianApiMs).toBe(50.5);
    expect(performance.p95ApiMs).toBeCloseTo(95.05, 9);
    expect(sources.map(({ name }) => name)).toEqual(['civitai', 'hugging-face']);
    expect(types.reduce((sum, { count }) => sum + count, 0)).toBe(completed.length);
    expect(verdicts).toEqual([
      { name: 'clean', count: 5 },
      { name: 'dangerous', count: 1 },
    ]);
  });

  it('counts by days and hours of the organisation, the day of 25 hours too', async () => {
    const { days, hours } = await get();
    const format = new Intl.DateTimeFormat('sv-SE', {
      ...{ timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' },
    });
    const expected = new Map<string, number>();
    const byHour = new Array(24).fill(0);
    for (const note of notes.filter(({ kind }) => kind === 'download_completed')) {
      const [day, clock] = format.format(note.at).split(' ');
      expected.set(day!, (expected.get(day!) ?? 0) + 1);
      byHour[Number(clock!.slice(0, 2))]++;
    }
    expect(days.map(({ day }) => day)).toEqual(
      Array.from({ length: 10 }, (_, i) => `2026-10-${20 + i}`),
    );
    expect(days.map(({ completed }) => completed)).toEqual(
      days.map(({ day }) => expected.get(day) ?? 0),
    );
    expect(hours.map(({ count }) => count)).toEqual(byHour);
  });

  it('says where failures gather, in the words of the last one or else of the catalogue', async () => {
    const { failures, hosts } = await get();
    expect(failures[0]).toMatchObject({
      ...{ code: 'DOWNLOADS_STALLED', count: 12, message: 'The 12th one stalled.' },
      ...{ hosts: ['slow.example.org'], pattern: 'one-host' },
    });
    expect(failures[1]).toMatchObject({ code: 'DOWNLOADS_DISK_FULL', message: 'No room for ….' });
    expect(hosts.find(({ name }) => name === 'slow.example.org')).toMatchObject({
      ...{ count: 0, failures: 12, medianBytesPerSecond: null },
    });
  });

  it('advises with numbers, in the language asked for', async () => {
    const path = `/api/downloads/analytics?from=${FROM}&to=${TO}`;
    const reply = await http.as('viewer').get(path, { 'accept-language': 'ja' });
    const { recommendations } = analyticsSchema.parse(reply.body);
    expect(recommendations.map(({ code }) => code)).toEqual([
      ...['free-space', 'host-fails', 'dangerous-files'],
    ]);
    expect(recommendations[1]).toMatchObject({ numbers: { rate: 1, failures: 12, all: 12 } });
    expect(recommendations[1]!.text).toContain('slow.example.org');
    expect(recommendations[1]!.text).toMatch(/失敗/);
  });

  it('compares the halves only where both have enough', async () => {
    const all = await get();
    expect(all.trends.downloads).not.toBeNull();
    const one = await get(`from=${FROM}&to=${FROM + 1}`);
    expect(one.trends).toEqual({
      ...{ downloads: null, bytes: null, bytesPerSecond: null, failureRate: null },
    });
  });

  it('is complete where there is nothing', async () => {
    const empty = await get(`from=0&to=${DAY}`);
    expect(empty.usage.downloads).toBe(0);
    expect(empty.usage.successRate).toBeNull();
    expect(empty.recommendations).toEqual([]);
    for (const format of ['html', 'pdf', 'json']) {
      const reply = await http
        .as('viewer')
        .get(`/api/downloads/report?from=0&to=${DAY}&format=${format}`);
      expect(reply.status).toBe(200);
    }
    const html = await http.as('viewer').get(`/api/downloads/report?from=0&to=${DAY}&locale=en`);
    expect(html.body).toContain('Nothing was downloaded in this period.');
  });

  it('refuses a range that ends before it begins', async () => {
    const reply = await http.as('viewer').get('/api/downloads/analytics?from=5&to=5');
    expect(reply).toMatchObject({ status: 400, body: { code: 'DOWNLOADS_RANGE_INVALID' } });
    expect((await http.as('outsider').get('/api/downloads/analytics')).status).toBe(401);
  });

  it('lists events page by page, newest first', async () => {
    const seen: number[] = [];
    let cursor = '';
    do {
      const { body } = await http
        .as('viewer')
        .get(`/api/downloads/events?kind=api_request&limit=30${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map((event: { durationMs: number }) => event.durationMs));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => 100 - i));
  });

  it('explains the decisions of the optimiser', async () => {
    const { body } = await http.as('viewer').get('/api/downloads/optimiser');
    const view = optimiserSchema.parse(body);
    expect(view.last?.explanation).toMatch(/connections/);
    expect(view.hosts[0]).toMatchObject({ host: 'host', networkClass: expect.any(String) });
  });

  it('writes the report in three forms, with its own policy and without anything to load', async () => {
    const report = (format: string, locale: string) =>
      http
        .as('viewer')
        .get(`/api/downloads/report?from=${FROM}&to=${TO}&format=${format}&locale=${locale}`);
    const html = await report('html', 'ja');
    expect(html.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(html.headers['content-disposition']).toContain('downloads-report-2026-10-29.html');
    expect(html.body).toContain('<html lang="ja">');
    expect(html.body).toContain('Ōmi &amp; Söhne &lt;ltd&gt;');
    expect(html.body).toContain('slow.example.org');
    const pdf = await report('pdf', 'en');
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(String(pdf.body).startsWith('%PDF-1.7')).toBe(true);
    const json = await report('json', 'en');
    expect(json.body).toMatchObject({
      createdAt: TO,
      organisation: 'Ōmi & Söhne <ltd>',
      machine: { node: process.version },
      analytics: { from: FROM, to: TO, timeZone: ZONE },
    });
  });
});

/** Ten days of downloads at random times, and some of everything else. */
function events(): EventNote[] {
  const random = createRandom(11);
  const at = (share: number) => Math.floor(FROM + share * (TO - FROM - 1));
  const notes: EventNote[] = [];
  for (let i = 0; i < 400; i++) {
    const source = i % 3 === 0 ? 'hugging-face' : 'civitai';
    notes.push({
      ...{ kind: 'download_completed', at: at(random()), source, host: `cdn${i % 4}.example.org` },
      bytes: Math.round(1e6 * (source === 'civitai' ? 2 : 1) * (1 + random())),
      durationMs: 200 + Math.round(1000 * random()),
      details: { modelType: i % 5 === 0 ? 'Checkpoint' : 'LORA', wastedBytes: 1000 },
    });
  }
  for (let i = 1; i <= 12; i++) {
    const en = `The ${i}th one stalled.`;
    const shared = { at: at(i / 13), host: 'slow.example.org', code: 'DOWNLOADS_STALLED' };
    notes.push({
      ...{ ...shared, kind: 'download_failed' },
      details: { sizeBytes: 1e6, message: { en, ja: en } },
    });
    if (i <= 4) notes.push({ ...shared, kind: 'download_retried' });
  }
  notes.push({ kind: 'download_failed', at: at(0.5), code: 'DOWNLOADS_DISK_FULL' });
  for (let i = 0; i < 3; i++) notes.push({ kind: 'download_linked', at: at(0.1 * i), bytes: 1e6 });
  notes.push({ kind: 'download_cancelled', at: at(0.7) });
  for (let i = 1; i <= 100; i++) {
    notes.push({ kind: 'api_request', at: at(i / 101), durationMs: i, source: 'civitai' });
  }
  for (let i = 0; i < 2; i++) notes.push({ kind: 'search_performed', at: at(0.3) });
  for (let i = 0; i < 6; i++) {
    notes.push({ kind: 'file_scanned', at: at(0.4), code: i === 0 ? 'dangerous' : 'clean' });
  }
  // Outside the range on both sides.
  notes.push({ kind: 'download_cancelled', at: FROM - 1 }, { kind: 'download_cancelled', at: TO });
  return notes;
}
