import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { fromJson, toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { insertIgnore } from '../db/write.ts';
import { AppError } from '../errors.ts';
import type { Events } from '../events.ts';
import type { Forecasts } from '../forecast/forecasts.ts';
import { createId } from '../ids.ts';
import type { JobDefinition, Queue } from '../jobs/queue.ts';
import type { Logger } from '../log.ts';
import type { Measure } from '../measures/measure.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import type { Messages } from '../ws/messages.ts';
import { alertTemplate } from './alert-template.ts';
import type { Alert } from './contract.ts';
import { alertsErrors } from './errors.ts';
import { judge, type Verdict } from './judge.ts';
import type { AlertsTables, Condition, Filters } from './tables.ts';

export const ALERTS_TOPIC = 'alerts';
const EVALUATE_JOB = 'core.evaluate-alerts';
const EVALUATE_EVERY_MS = 5 * 60_000;
/** Each point of a preview may cost one forecast. */
const MAX_PREVIEW = 30;

export type RuleRow = Selectable<AlertsTables['core_alert_rules']>;

/** Watches measures by rules. */
export interface Alerts {
  /** Checks a rule against the newest whole bucket and fires at most once for it. @throws ALERTS_RULE_NOT_FOUND */
  evaluate(ruleId: string, signal?: AbortSignal): Promise<void>;
  /** What a condition would have done on the newest buckets. @throws ALERTS_MEASURE_UNKNOWN */
  preview(rule: {
    measure: string;
    bucket: 'day' | 'week' | 'month';
    filters: Filters;
    condition: Condition;
  }): Promise<readonly ({ t: string; y: number | null } & Verdict)[]>;
  /** Takes note; a second time changes nothing. @throws ALERTS_ALERT_NOT_FOUND */
  acknowledge(alertId: string, by: string, note: string | null): Promise<Alert>;
  // biome-ignore lint/suspicious/noExplicitAny: jobs with different payloads have no common type parameter
  readonly jobs: readonly JobDefinition<any>[];
  start(): Promise<void>;
  stop(): void;
}

export function createAlerts(deps: {
  db: Database;
  queue: Queue;
  messages: Messages;
  events: Events;
  notifier: Notifier;
  forecasts: Forecasts;
  measure: (id: string) => Measure | undefined;
  settings: OrganisationSettings;
  clock: Clock;
  log: Logger;
  publicUrl: () => string;
}): Alerts {
  const { clock, log } = deps;
  const query = deps.db.query.withTables<AlertsTables>();
  let stopListening = () => {};

  function measureOf(id: string): Measure {
    const measure = deps.measure(id);
    if (!measure) throw alertsErrors.ALERTS_MEASURE_UNKNOWN({ measure: id });
    return measure;
  }

  async function check(rule: RuleRow, signal?: AbortSignal): Promise<void> {
    const condition = fromJson(rule.condition_json);
    const level = condition.type === 'outside-forecast' ? { level: condition.level } : {};
    const points = await deps.forecasts.check(
      { measure: measureOf(rule.measure), bucket: rule.bucket, filters: fromJson(rule.filters) },
      { count: 1, ...level },
      signal,
    );
    const point = points.at(-1);
    if (!point) throw alertsErrors.ALERTS_NO_DATA({ bucket: rule.bucket });
    const verdict = judge(point, condition);
    if (verdict.fires && !(await isSilent(rule, point.t)))
      await fire(rule, { ...point, ...verdict });
  }

  /** Within the cool-down after an alert that nobody has acknowledged yet. */
  async function isSilent(rule: RuleRow, t: string): Promise<boolean> {
    const open = await query
      .selectFrom('core_alerts')
      .select('id')
      .where('rule_id', '=', rule.id)
      .where('state', '=', 'open')
      .where('t', '<>', t)
      .where('fired_at', '>', clock.now() - rule.cooldown_minutes * 60_000)
      .executeTakeFirst();
    return open !== undefined;
  }

  async function fire(
    rule: RuleRow,
    found: { t: string; y: number | null; lower: number | null; upper: number | null },
  ): Promise<void> {
    const now = clock.now();
    const row: AlertsTables['core_alerts'] = {
      id: createId(now),
      rule_id: rule.id,
      rule_name: rule.name,
      measure: rule.measure,
      severity: rule.severity,
      state: 'open',
      t: found.t,
      bucket: rule.bucket,
      value: found.y ?? 0,
      lower_bound: found.lower,
      upper_bound: found.upper,
      condition_json: rule.condition_json,
      filters: rule.filters,
      channel_ids: rule.channel_ids,
      notified: 0,
      fired_at: now,
      acknowledged_at: null,
      acknowledged_by: null,
      note: null,
    };
    const isNew = (await insertIgnore(deps.db.query, { table: 'core_alerts', rows: [row] })) > 0;
    if (!isNew) return;
    await updateRule(rule.id, { last_fired_at: now });
    log.info({ alert: row.id, rule: rule.id, t: row.t }, 'core.alerts.fired');
    await deps.messages.publish(ALERTS_TOPIC, toAlert(row));
    await notifyPending();
  }

  /** Hands alerts to the notifier; again after a crash in between, which the notifier's own key makes harmless. */
  async function notifyPending(): Promise<void> {
    const rows = await query
      .selectFrom('core_alerts')
      .selectAll()
      .where('notified', '=', 0)
      .execute();
    for (const row of rows) {
      const measure = deps.measure(row.measure);
      const { currency } = await deps.settings.get();
      await deps.notifier.notify({
        key: `alert:${row.id}`,
        severity: row.severity,
        channelIds: fromJson(row.channel_ids),
        template: alertTemplate,
        data: {
          alert: toAlert(row),
          title: measure?.title ?? { en: row.measure, ja: row.measure },
          unit: measure?.unit ?? 'number',
          currency,
          link: `${deps.publicUrl()}/alerts/${row.id}`,
        },
      });
      await query
        .updateTable('core_alerts')
        .set({ notified: 1 })
        .where('id', '=', row.id)
        .execute();
    }
  }

  function updateRule(id: string, change: Partial<RuleRow>) {
    return query.updateTable('core_alert_rules').set(change).where('id', '=', id).execute();
  }

  async function evaluate(ruleId: string, signal?: AbortSignal): Promise<void> {
    const rule = await query
      .selectFrom('core_alert_rules')
      .selectAll()
      .where('id', '=', ruleId)
      .executeTakeFirst();
    if (!rule) throw alertsErrors.ALERTS_RULE_NOT_FOUND();
    let problem: RuleRow['last_problem'] = null;
    try {
      await check(rule, signal);
    } catch (error) {
      // What a person can mend is told at the rule; anything else is a defect and fails the job.
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      problem = toJson({ code: error.code, params: { ...error.params } });
    }
    await updateRule(ruleId, { last_evaluated_at: clock.now(), last_problem: problem });
  }

  const evaluateJob: JobDefinition<Record<string, never>> = {
    name: EVALUATE_JOB,
    payload: z.object({}) as z.ZodType<Record<string, never>>,
    timeoutMs: 10 * 60_000,
    maxAttempts: 3,
    backoffMs: 5_000,
    concurrency: 1,
    async handler(_payload, context) {
      await notifyPending();
      const rules = await query
        .selectFrom('core_alert_rules')
        .select('id')
        .where('enabled', '=', 1)
        .execute();
      for (const [i, { id }] of rules.entries()) {
        context.signal.throwIfAborted();
        await evaluate(id, context.signal);
        context.progress((i + 1) / rules.length);
      }
    },
  };

  return {
    evaluate,
    jobs: [evaluateJob],
    async preview(rule) {
      const level =
        rule.condition.type === 'outside-forecast' ? { level: rule.condition.level } : {};
      const points = await deps.forecasts.check(
        { measure: measureOf(rule.measure), bucket: rule.bucket, filters: rule.filters },
        { count: MAX_PREVIEW, ...level },
      );
      return points.map((point) => ({ t: point.t, y: point.y, ...judge(point, rule.condition) }));
    },
    async acknowledge(alertId, by, note) {
      await query
        .updateTable('core_alerts')
        .set({ state: 'acknowledged', acknowledged_at: clock.now(), acknowledged_by: by, note })
        .where('id', '=', alertId)
        .where('state', '=', 'open')
        .execute();
      const row = await query
        .selectFrom('core_alerts')
        .selectAll()
        .where('id', '=', alertId)
        .executeTakeFirst();
      if (!row) throw alertsErrors.ALERTS_ALERT_NOT_FOUND();
      const alert = toAlert(row);
      await deps.messages.publish(ALERTS_TOPIC, alert);
      return alert;
    },
    async start() {
      await deps.queue.schedule('core.evaluate-alerts', EVALUATE_JOB, {}, EVALUATE_EVERY_MS);
      stopListening = deps.events.on('facts.changed', ({ workspace }) => {
        deps.queue
          .enqueue(EVALUATE_JOB, {}, { key: 'facts-changed' })
          .catch((error: unknown) =>
            log.error({ err: error, workspace }, 'core.alerts.enqueue-failed'),
          );
      });
    },
    stop: () => stopListening(),
  };
}

export function toAlert(row: Selectable<AlertsTables['core_alerts']>): Alert {
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
