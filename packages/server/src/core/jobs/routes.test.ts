import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';
import type { Audit, AuditEntry } from '../audit/audit.ts';
import { jobsPermissions } from './permissions.ts';
import type { JobFilter, JobRecord, Queue } from './queue.ts';
import { jobRoutes } from './routes.ts';

function job(id: string, rest: Partial<JobRecord> = {}): JobRecord {
  return {
    id,
    name: 'sales.import',
    state: 'waiting',
    payload: { secret: 'payload' },
    priority: 0,
    attempt: 0,
    maxAttempts: 3,
    progress: { fraction: 0, note: null },
    result: { secret: 'result' },
    error: null,
    requestedBy: null,
    runAt: 1,
    createdAt: 1,
    startedAt: null,
    finishedAt: null,
    ...rest,
  };
}

describe('the Tasks API', () => {
  const error = { code: 'X', message: 'Broken.', messageJa: '壊れました。' };
  const jobs = ['5', '4', '3', '2'].map((id) => job(id));
  jobs.push(job('1', { state: 'failed', error }));
  const asked: JobFilter[] = [];
  const written: AuditEntry[] = [];
  let http: TestHttp;

  beforeAll(async () => {
    const queue: Partial<Queue> = {
      get: async (id) => jobs.find((one) => one.id === id),
      async list(filter) {
        asked.push(filter);
        const from = jobs.findIndex((one) => one.id === filter.after) + 1;
        return jobs.slice(from, from + filter.limit);
      },
      counts: async () => [
        { name: 'sales.import', state: 'waiting', count: 4 },
        { name: 'sales.import', state: 'failed', count: 1 },
        { name: 'alerts.evaluate', state: 'done', count: 7 },
      ],
      cancel: async (id) => id === '5',
      retry: async (id) => id === '1',
    };
    const audit: Partial<Audit> = { write: async (entry) => void written.push(entry) };
    http = await openTestHttp({
      permissions: jobsPermissions,
      routes: [jobRoutes({ queue: queue as Queue, audit: audit as Audit })],
    });
  });
  afterAll(() => http.close());

  it('pages through the tasks without showing what they carry', async () => {
    const first = await http
      .as('analyst')
      .get('/api/tasks?limit=3&state=waiting&name=sales.import');
    expect(first.status).toBe(200);
    expect(first.body.items.map((one: { id: string }) => one.id)).toEqual(['5', '4', '3']);
    expect(JSON.stringify(first.body)).not.toContain('secret');
    expect(asked.at(-1)).toEqual({ limit: 4, state: 'waiting', name: 'sales.import' });
    const next = await http.as('analyst').get(`/api/tasks?limit=3&cursor=${first.body.nextCursor}`);
    expect(next.body.items.map((one: { id: string }) => one.id)).toEqual(['2', '1']);
    expect(next.body.nextCursor).toBeNull();
    expect(next.body.items[1].error).toEqual(error);
  });

  it('counts by kind and state', async () => {
    const none = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
    expect((await http.as('operator').get('/api/tasks/queues')).body.items).toEqual([
      { ...none, name: 'alerts.evaluate', done: 7 },
      { ...none, name: 'sales.import', waiting: 4, failed: 1 },
    ]);
  });

  it('cancels and tries again for operators, and writes down who did', async () => {
    const operator = http.as('operator');
    expect((await operator.post('/api/tasks/5/cancel')).body).toMatchObject({ id: '5' });
    expect((await operator.post('/api/tasks/1/retry')).status).toBe(200);
    expect(written).toMatchObject([
      { actor: 'operator@example.org', action: 'tasks.cancelled', target: '5' },
      { actor: 'operator@example.org', action: 'tasks.retried', target: '1' },
    ]);
    expect((await operator.post('/api/tasks/4/cancel')).body.code).toBe('JOBS_NOT_CANCELLABLE');
    expect((await operator.post('/api/tasks/4/retry')).body.code).toBe('JOBS_NOT_RETRYABLE');
    expect((await operator.post('/api/tasks/9/retry')).body.code).toBe('JOBS_NOT_FOUND');
    expect((await operator.get('/api/tasks/9')).status).toBe(404);
  });

  it('is closed to those without the permission', async () => {
    expect((await http.as('viewer').get('/api/tasks')).status).toBe(403);
    expect((await http.as('analyst').post('/api/tasks/5/cancel')).status).toBe(403);
    expect((await http.as('outsider').get('/api/tasks/5')).status).toBe(401);
  });
});
