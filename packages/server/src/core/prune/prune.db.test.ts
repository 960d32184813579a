import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { describeDatabases } from '../../testing/databases.ts';
import { createFakeTime } from '../../testing/fake-time.ts';
import { createManualQueue } from '../../testing/manual-queue.ts';
import { alertsMigrations } from '../alerts/migrations.ts';
import { auditMigrations } from '../audit/migrations.ts';
import { authMigrations } from '../auth/migrations.ts';
import { loadConfig } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import { insertIgnore, type Value } from '../db/write.ts';
import { idempotencyMigrations } from '../http/idempotency-store.ts';
import { createId } from '../ids.ts';
import { notifyMigrations } from '../notify/migrations.ts';
import { corePrunes } from './core-prunes.ts';
import { createPruning } from './pruning.ts';

const DAY = 86_400_000;
const migrations = {
  ...alertsMigrations,
  ...auditMigrations,
  ...authMigrations,
  ...idempotencyMigrations,
  ...notifyMigrations,
};

describeDatabases('pruning', ({ open }) => {
  const time = createFakeTime(Date.UTC(2026, 0, 5));
  const now = time.clock.now();

  async function openWorld() {
    const db = await open(migrations);
    const queue = createManualQueue();
    const config = loadConfig({
      KIZASHI_SESSION_IDLE_MINUTES: '60',
      KIZASHI_RETENTION_AUDIT_DAYS: '100',
      KIZASHI_RETENTION_ALERT_DAYS: '50',
      KIZASHI_RETENTION_DELIVERY_DAYS: '10',
    });
    const pruning = createPruning({ queue, clock: time.clock, prunes: corePrunes(db, config) });
    queue.register(pruning.job);
    await pruning.start();
    return { db, prune: () => queue.runScheduled('core.prune') };
  }

  async function left(db: Database, table: string, column: string): Promise<unknown[]> {
    const found = await sql<{ value: unknown }>`
      select ${sql.ref(column)} as value from ${sql.table(table)} order by ${sql.ref(column)}
    `.execute(db.query);
    return found.rows.map(({ value }) => value);
  }
  const add = (db: Database, table: string, rows: Record<string, Value>[]) =>
    insertIgnore(db.query, { table, rows });

  it('removes what the settings no longer keep, and nothing else', async () => {
    const { db, prune } = await openWorld();
    const audit = (action: string, at: number) => ({
      ...{ id: createId(at), at, action, actor: 'a', target: null, address: null, details: '{}' },
    });
    await add(db, 'core_audit', [
      ...Array.from({ length: 1_100 }, (_, i) => audit('old', now - 101 * DAY - i)),
      audit('kept', now - 100 * DAY),
    ]);
    const delivery = (subject: string, state: string, at: number) => ({
      ...{ id: createId(at), channel_id: 'c', dedupe_key: subject, severity: 'info', subject },
      ...{ message: '{}', state, attempts: 1, reason: null, send_at: at, created_at: at },
      sent_at: null,
    });
    await add(db, 'core_deliveries', [
      delivery('sent', 'sent', now - 11 * DAY),
      delivery('failed', 'failed', now - 11 * DAY),
      delivery('still waiting', 'waiting', now - 11 * DAY),
      delivery('young', 'sent', now - 9 * DAY),
    ]);
    const reply = { fingerprint: 'f', status: 200, content_type: 't', body: 'b' };
    await add(db, 'core_kept_replies', [
      { ...reply, id: 'old', claimed_at: now - 2 * DAY },
      { ...reply, id: 'young', claimed_at: now - 1000 },
    ]);
    await prune();
    expect(await left(db, 'core_audit', 'action')).toEqual(['kept']);
    expect(await left(db, 'core_deliveries', 'subject')).toEqual(['still waiting', 'young']);
    expect(await left(db, 'core_kept_replies', 'id')).toEqual(['young']);
  });

  it('keeps the last alert of a rule, so that it does not fire for that bucket again', async () => {
    const { db, prune } = await openWorld();
    const shared = {
      ...{ measure: 'm', bucket: 'day', filters: '{}', condition_json: '{}', severity: 'info' },
      channel_ids: '[]',
    };
    const alert = (t: string, rule_id: string, fired_at: number, notified: 0 | 1 = 1) => ({
      ...{ ...shared, id: createId(fired_at), rule_id, revision: 1, rule_name: 'r', t, fired_at },
      ...{ state: 'open', value: 1, lower_bound: null, upper_bound: null, notified },
      ...{ acknowledged_at: null, acknowledged_by: null, note: null },
    });
    const last = now - 60 * DAY;
    await add(db, 'core_alert_rules', [
      {
        ...{ ...shared, id: 'rule', name: 'r', enabled: 1, revision: 1, cooldown_minutes: 0 },
        ...{ created_at: 0, created_by: 'a', last_evaluated_at: null, last_fired_at: last },
        last_problem: null,
      },
    ]);
    await add(db, 'core_alerts', [
      alert('earlier', 'rule', last - DAY),
      alert('last', 'rule', last),
      alert('unsaid', 'removed rule', last, 0),
      alert('rule gone', 'removed rule', last),
      alert('young', 'removed rule', now - 40 * DAY),
    ]);
    await prune();
    expect(await left(db, 'core_alerts', 't')).toEqual(['last', 'unsaid', 'young']);
  });

  it('removes sessions and links that ended, invitations and tokens a month later', async () => {
    const { db, prune } = await openWorld();
    await add(db, 'core_users', [
      {
        ...{ id: 'u', email: 'u@x', email_key: 'u@x', name: 'u', role: 'viewer', locale: 'en' },
        ...{ disabled: 0, password_hash: '', totp_last_step: 0, created_at: 0 },
      },
    ]);
    const session = (id: string, last_seen_at: number, expires_at: number) => ({
      ...{ id, secret_hash: id, user_id: 'u', created_at: 0, last_seen_at, expires_at },
      ...{ address: '', user_agent: '' },
    });
    await add(db, 'core_sessions', [
      session('expired', now, now),
      session('idle', now - 60 * 60_000, now + DAY),
      session('open', now - 59 * 60_000, now + DAY),
    ]);
    const secret = { kind: 'reset', user_id: 'u' };
    await add(db, 'core_one_time_secrets', [
      { ...secret, secret_hash: 'expired', expires_at: now },
      { ...secret, secret_hash: 'for ever', expires_at: null },
      { ...secret, secret_hash: 'open', expires_at: now + 1 },
    ]);
    const invitation = { email: null, role: 'viewer', created_at: 0, used_at: null };
    const token = { user_id: 'u', name: 't', prefix: 'p', scopes: '[]', created_at: 0 };
    for (const [id, expires_at] of [
      ['long ago', now - 30 * DAY],
      ['lately', now - 29 * DAY],
    ] as const) {
      await add(db, 'core_invitations', [{ ...invitation, id, secret_hash: id, expires_at }]);
      await add(db, 'core_tokens', [{ ...token, id, secret_hash: id, expires_at }]);
    }
    await add(db, 'core_tokens', [{ ...token, id: 'no end', secret_hash: 'x', expires_at: null }]);
    await prune();
    expect(await left(db, 'core_sessions', 'id')).toEqual(['open']);
    expect(await left(db, 'core_one_time_secrets', 'secret_hash')).toEqual(['for ever', 'open']);
    expect(await left(db, 'core_invitations', 'id')).toEqual(['lately']);
    expect(await left(db, 'core_tokens', 'id')).toEqual(['lately', 'no end']);
  });
});
