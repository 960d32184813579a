import type { Selectable } from 'kysely';
import { z } from 'zod';
import { fromJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { insertIgnore } from '../db/write.ts';
import { decodeCursor, pageOfRows } from '../http/page.ts';
import type { Alert } from './contract.ts';
import { alertsErrors } from './errors.ts';
import type { RuleRow } from './rule-store.ts';
import type { AlertsTables } from './tables.ts';

export type AlertRow = Selectable<AlertsTables['core_alerts']>;

export interface AlertStore {
  /** False when this revision of the rule has fired for this bucket already, in whatever process. */
  insert(row: AlertRow): Promise<boolean>;
  /** Whether the rule, as it is now, fired for another bucket after `since` and nobody has acknowledged that yet. */
  hasOpen(rule: RuleRow, options: { exceptFor: string; since: number }): Promise<boolean>;
  /** Alerts that were not handed to the notifier yet, oldest first. */
  unannounced(): Promise<readonly AlertRow[]>;
  /** True for the one caller who marks it first. */
  markAnnounced(id: string): Promise<boolean>;
  /** False when somebody has acknowledged it before. */
  acknowledge(id: string, by: string, note: string | null, now: number): Promise<boolean>;
  /** @throws ALERTS_ALERT_NOT_FOUND */
  read(id: string): Promise<AlertRow>;
  /** Newest first. */
  page(query: {
    cursor?: string | undefined;
    limit: number;
    state?: AlertRow['state'] | undefined;
  }): Promise<{ items: AlertRow[]; nextCursor: string | null }>;
}

export function createAlertStore(db: Database): AlertStore {
  const query = db.query.withTables<AlertsTables>();

  return {
    insert: async (row) =>
      (await insertIgnore(db.query, { table: 'core_alerts', rows: [row] })) > 0,
    async hasOpen(rule, { exceptFor, since }) {
      const open = await query
        .selectFrom('core_alerts')
        .select('id')
        .where('rule_id', '=', rule.id)
        .where('revision', '=', rule.revision)
        .where('state', '=', 'open')
        .where('t', '<>', exceptFor)
        .where('fired_at', '>', since)
        .executeTakeFirst();
      return open !== undefined;
    },
    unannounced: () =>
      query.selectFrom('core_alerts').selectAll().where('notified', '=', 0).orderBy('id').execute(),
    async markAnnounced(id) {
      const { numUpdatedRows } = await query
        .updateTable('core_alerts')
        .set({ notified: 1 })
        .where('id', '=', id)
        .where('notified', '=', 0)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async acknowledge(id, by, note, now) {
      const { numUpdatedRows } = await query
        .updateTable('core_alerts')
        .set({
          state: 'acknowledged',
          acknowledged_at: now,
          acknowledged_by: by.slice(0, 254),
          note,
        })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async read(id) {
      const row = await query
        .selectFrom('core_alerts')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) throw alertsErrors.ALERTS_ALERT_NOT_FOUND();
      return row;
    },
    async page({ cursor, limit, state }) {
      let select = query
        .selectFrom('core_alerts')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (state !== undefined) select = select.where('state', '=', state);
      if (cursor !== undefined) select = select.where('id', '<', decodeCursor(cursor, z.string()));
      return pageOfRows(await select.execute(), limit, (row) => row.id);
    },
  };
}

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    measure: row.measure,
    severity: row.severity,
    state: row.state,
    t: row.t,
    bucket: row.bucket,
    value: row.value,
    lower: row.lower_bound,
    upper: row.upper_bound,
    condition: fromJson(row.condition_json),
    filters: fromJson(row.filters),
    firedAt: row.fired_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    note: row.note,
  };
}
