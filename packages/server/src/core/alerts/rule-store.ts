import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import { toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { type AppError, toStoredFailure } from '../errors.ts';
import { createId } from '../ids.ts';
import type { ruleBody } from './contract.ts';
import { alertsErrors } from './errors.ts';
import type { AlertsTables } from './tables.ts';

export type RuleRow = Selectable<AlertsTables['core_alert_rules']>;
export type RuleBody = z.infer<typeof ruleBody>;

export interface RuleStore {
  list(): Promise<readonly RuleRow[]>;
  enabledIds(): Promise<readonly string[]>;
  /** @throws ALERTS_RULE_NOT_FOUND */
  read(id: string): Promise<RuleRow>;
  create(body: RuleBody, by: string): Promise<RuleRow>;
  /** A rule that now watches something else starts afresh: it may fire again for a bucket it fired for. @throws ALERTS_RULE_NOT_FOUND */
  update(id: string, body: RuleBody): Promise<RuleRow>;
  /** Its alerts stay. @throws ALERTS_RULE_NOT_FOUND */
  remove(id: string): Promise<void>;
  noteFired(id: string, at: number): Promise<void>;
  noteChecked(rule: RuleRow, problem: AppError | undefined): Promise<void>;
}

/** Columns that say what a rule watches, as against what it is called and whom it tells. */
const WATCHED = ['measure', 'bucket', 'filters', 'condition_json'] as const;

export function createRuleStore({ db, clock }: { db: Database; clock: Clock }): RuleStore {
  const query = db.query.withTables<AlertsTables>();

  async function read(id: string): Promise<RuleRow> {
    const row = await query
      .selectFrom('core_alert_rules')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw alertsErrors.ALERTS_RULE_NOT_FOUND();
    return row;
  }

  return {
    list: () => query.selectFrom('core_alert_rules').selectAll().orderBy('name').execute(),
    async enabledIds() {
      const rows = await query
        .selectFrom('core_alert_rules')
        .select('id')
        .where('enabled', '=', 1)
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },
    read,
    async create(body, by) {
      const now = clock.now();
      const row: RuleRow = {
        id: createId(now),
        ...toColumns(body),
        revision: 1,
        created_at: now,
        created_by: by.slice(0, 254),
        last_evaluated_at: null,
        last_fired_at: null,
        last_problem: null,
      };
      await query.insertInto('core_alert_rules').values(row).execute();
      return row;
    },
    async update(id, body) {
      const before = await read(id);
      const after = toColumns(body);
      const isNew = WATCHED.some((column) => before[column] !== after[column]);
      const change = isNew
        ? { ...after, revision: before.revision + 1, last_problem: null }
        : after;
      await query.updateTable('core_alert_rules').set(change).where('id', '=', id).execute();
      return { ...before, ...change };
    },
    async remove(id) {
      const { numDeletedRows } = await query
        .deleteFrom('core_alert_rules')
        .where('id', '=', id)
        .executeTakeFirst();
      if (Number(numDeletedRows) === 0) throw alertsErrors.ALERTS_RULE_NOT_FOUND();
    },
    async noteFired(id, at) {
      await query
        .updateTable('core_alert_rules')
        .set({ last_fired_at: at })
        .where('id', '=', id)
        .execute();
    },
    async noteChecked({ id, revision }, problem) {
      await query
        .updateTable('core_alert_rules')
        .set({
          last_evaluated_at: clock.now(),
          last_problem: problem === undefined ? null : toJson(toStoredFailure(problem)),
        })
        .where('id', '=', id)
        // Changed meanwhile: what was found belongs to what the rule was before.
        .where('revision', '=', revision)
        .execute();
    },
  };
}

function toColumns(body: RuleBody) {
  return {
    name: body.name,
    measure: body.measure,
    bucket: body.bucket,
    filters: toJson(body.filters),
    condition_json: toJson(body.condition),
    severity: body.severity,
    channel_ids: toJson<readonly string[]>(body.channelIds),
    enabled: body.enabled ? (1 as const) : (0 as const),
    cooldown_minutes: body.cooldownMinutes,
  };
}
