import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { fromJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import type { Events } from '../events.ts';
import type { CheckedPoint, Forecasts } from '../forecast/forecasts.ts';
import { createId } from '../ids.ts';
import type { JobDefinition, Queue } from '../jobs/queue.ts';
import type { Logger } from '../log.ts';
import type { Measure } from '../measures/measure.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import type { Messages } from '../ws/messages.ts';
import { type AlertRow, type AlertStore, createAlertStore, toAlert } from './alert-store.ts';
import { alertTemplate } from './alert-template.ts';
import type { Alert } from './contract.ts';
import { alertsErrors } from './errors.ts';
import { judge, type Verdict } from './judge.ts';
import { createRuleStore, type RuleBody, type RuleRow, type RuleStore } from './rule-store.ts';
import type { Condition } from './tables.ts';

export const ALERTS_TOPIC = 'alerts';
const EVALUATE_JOB = 'core.evaluate-alerts';
const EVALUATE_EVERY_MS = 5 * 60_000;
/** Each point of a preview may cost one forecast. */
const MAX_PREVIEW = 30;

/**
 * Watches measures by rules. An alert is a row first, unique per revision of a rule and bucket, so that it fires once
 * however many processes look; then it is handed to the notifier and shown live. A process killed in between leaves a row
 * that is not announced, which the next evaluation anywhere makes good.
 */
export interface Alerts {
  readonly rules: RuleStore;
  /** The alerts there were. */
  readonly fired: AlertStore;
  /**
   * Checks a rule, switched on or not, against the newest whole bucket and fires at most once for it. What stood in the
   * way is noted at the rule. @throws ALERTS_RULE_NOT_FOUND
   */
  evaluate(ruleId: string, signal?: AbortSignal): Promise<void>;
  /** What a condition would have done on the newest buckets. @throws ALERTS_MEASURE_UNKNOWN */
  preview(
    rule: Pick<RuleBody, 'measure' | 'bucket' | 'filters' | 'condition'>,
    signal?: AbortSignal,
  ): Promise<readonly ({ t: string; y: number | null } & Verdict)[]>;
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
  messages: Pick<Messages, 'publish'>;
  events: Events;
  notifier: Pick<Notifier, 'notify'>;
  forecasts: Pick<Forecasts, 'check'>;
  measure: (id: string) => Measure | undefined;
  settings: OrganisationSettings;
  clock: Clock;
  log: Logger;
  publicUrl: () => string;
}): Alerts {
  const { clock, log } = deps;
  const rules = createRuleStore(deps);
  const fired = createAlertStore(deps.db);
  let stopListening = () => {};

  function checkPoints(
    rule: Pick<RuleBody, 'measure' | 'bucket' | 'filters'>,
    condition: Condition,
    count: number,
    signal: AbortSignal | undefined,
  ): Promise<readonly CheckedPoint[]> {
    const measure = deps.measure(rule.measure);
    if (!measure) throw alertsErrors.ALERTS_MEASURE_UNKNOWN({ measure: rule.measure });
    const level = condition.type === 'outside-forecast' ? { level: condition.level } : {};
    const { bucket, filters } = rule;
    return deps.forecasts.check({ measure, bucket, filters }, { count, ...level }, signal);
  }

  async function check(rule: RuleRow, signal: AbortSignal | undefined): Promise<void> {
    const condition = fromJson(rule.condition_json);
    const watched = { ...rule, filters: fromJson(rule.filters) };
    const point = (await checkPoints(watched, condition, 1, signal)).at(-1);
    if (!point) throw alertsErrors.ALERTS_NO_DATA({ bucket: rule.bucket });
    const { fires, lower, upper } = judge(point, condition);
    if (!fires || point.y === null) return;
    const { t, y: value } = point;
    // Silent for a while after an alert that nobody has taken note of: the next ones would say the same.
    const since = clock.now() - rule.cooldown_minutes * 60_000;
    if (await fired.hasOpen(rule, { exceptFor: t, since })) return;
    await fire(rule, { t, value, lower_bound: lower, upper_bound: upper });
  }

  async function fire(
    rule: RuleRow,
    found: Pick<AlertRow, 't' | 'value' | 'lower_bound' | 'upper_bound'>,
  ): Promise<void> {
    const now = clock.now();
    const { revision, measure, bucket, severity, condition_json, filters, channel_ids } = rule;
    const row: AlertRow = {
      id: createId(now),
      rule_id: rule.id,
      rule_name: rule.name,
      ...{ revision, measure, bucket, severity, condition_json, filters, channel_ids },
      ...found,
      state: 'open',
      notified: 0,
      fired_at: now,
      acknowledged_at: null,
      acknowledged_by: null,
      note: null,
    };
    if (!(await fired.insert(row))) return;
    log.info({ alert: row.id, rule: rule.id, t: row.t }, 'core.alerts.fired');
    await announce(row);
  }

  /** Again after a crash in between, or by two at once, does no harm: deliveries have a key, and one of them marks it. */
  async function announce(row: AlertRow): Promise<void> {
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
    if (!(await fired.markAnnounced(row.id))) return;
    await rules.noteFired(row.rule_id, row.fired_at);
    await show(row);
  }

  /** What a process that was killed left behind. One that cannot be announced must not keep the rules from being checked. */
  async function announceLeftovers(): Promise<void> {
    for (const row of await fired.unannounced()) {
      try {
        await announce(row);
      } catch (error) {
        log.error({ err: error, alert: row.id }, 'core.alerts.announce-failed');
      }
    }
  }

  async function show(row: AlertRow): Promise<void> {
    try {
      await deps.messages.publish(ALERTS_TOPIC, toAlert(row));
    } catch (error) {
      // Pages show it when they are next loaded.
      log.warn({ err: error, alert: row.id }, 'core.alerts.publish-failed');
    }
  }

  async function evaluate(ruleId: string, signal?: AbortSignal): Promise<void> {
    const rule = await rules.read(ruleId);
    let problem: AppError | undefined;
    try {
      await check(rule, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      // Told at the rule, and no reason to leave the other rules unchecked; the next evaluation tries it again.
      const isForPeople = error instanceof AppError && error.status < 500;
      problem = isForPeople ? error : alertsErrors.ALERTS_CHECK_FAILED({}, { cause: error });
      if (!isForPeople) log.error({ err: error, rule: ruleId }, 'core.alerts.check-failed');
    }
    await rules.noteChecked(rule, problem);
  }

  async function evaluateAll(
    signal: AbortSignal,
    progress: (fraction: number) => void,
  ): Promise<void> {
    await announceLeftovers();
    const ids = await rules.enabledIds();
    for (const [i, id] of ids.entries()) {
      signal.throwIfAborted();
      try {
        await evaluate(id, signal);
      } catch (error) {
        // Removed since the list was read.
        if (!(error instanceof AppError && error.code === 'ALERTS_RULE_NOT_FOUND')) throw error;
      }
      progress((i + 1) / ids.length);
    }
  }

  const evaluateJob: JobDefinition<Record<string, never>> = {
    name: EVALUATE_JOB,
    payload: z.object({}) as z.ZodType<Record<string, never>>,
    timeoutMs: 10 * 60_000,
    maxAttempts: 3,
    backoffMs: 5_000,
    concurrency: 1,
    handler: (_payload, context) => evaluateAll(context.signal, context.progress),
  };

  return {
    rules,
    fired,
    evaluate,
    jobs: [evaluateJob],
    async preview(rule, signal) {
      const points = await checkPoints(rule, rule.condition, MAX_PREVIEW, signal);
      return points.map((point) => ({ t: point.t, y: point.y, ...judge(point, rule.condition) }));
    },
    async acknowledge(alertId, by, note) {
      const changed = await fired.acknowledge(alertId, by, note, clock.now());
      const row = await fired.read(alertId);
      if (changed) await show(row);
      return toAlert(row);
    },
    async start() {
      await deps.queue.schedule(EVALUATE_JOB, EVALUATE_JOB, {}, EVALUATE_EVERY_MS);
      // Facts that change while a check runs may be seen by half of it; the schedule looks again soon.
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
