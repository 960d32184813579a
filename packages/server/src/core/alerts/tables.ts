import type { z } from 'zod';
import type { Flag, Json } from '../db/columns.ts';
import type { StoredFailure } from '../errors.ts';
import type { Severity } from '../notify/channel.ts';
import type { conditionSchema } from './contract.ts';

export type Condition = z.infer<typeof conditionSchema>;
export type Filters = Readonly<Record<string, string[]>>;

export type AlertsTables = {
  core_alert_rules: {
    id: string;
    name: string;
    measure: string;
    bucket: 'day' | 'week' | 'month';
    filters: Json<Filters>;
    condition_json: Json<Condition>;
    severity: Severity;
    channel_ids: Json<readonly string[]>;
    enabled: Flag;
    /** Counts up when what the rule watches is changed: a changed rule starts afresh. */
    revision: number;
    cooldown_minutes: number;
    created_at: number;
    created_by: string;
    last_evaluated_at: number | null;
    last_fired_at: number | null;
    last_problem: Json<StoredFailure> | null;
  };
  /** One row per revision of a rule and bucket: what makes an alert fire once. Keeps what was seen then. */
  core_alerts: {
    id: string;
    rule_id: string;
    revision: number;
    rule_name: string;
    measure: string;
    severity: Severity;
    state: 'open' | 'acknowledged';
    t: string;
    bucket: 'day' | 'week' | 'month';
    value: number;
    lower_bound: number | null;
    upper_bound: number | null;
    condition_json: Json<Condition>;
    filters: Json<Filters>;
    channel_ids: Json<readonly string[]>;
    /** Handed to the notifier: 0 until then, so that a crash in between is made good. */
    notified: Flag;
    fired_at: number;
    acknowledged_at: number | null;
    acknowledged_by: string | null;
    note: string | null;
  };
};
