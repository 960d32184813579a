import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { firstIdAt } from '../ids.ts';
import { type Prune, removeRows } from '../prune/prune.ts';

/** Alerts, whether acknowledged or not. A rule's last one stays: without it the rule would fire again for that bucket. */
export function alertsPrune(db: Database, keptMs: number): Prune {
  return {
    name: 'alerts',
    remove(now, limit) {
      const where = sql<boolean>`id < ${firstIdAt(now - keptMs)} and notified = 1 and not exists (
        select 1 from core_alert_rules as rule
        where rule.id = core_alerts.rule_id and rule.last_fired_at <= core_alerts.fired_at
      )`;
      return removeRows(db, { table: 'core_alerts', key: 'id', where }, limit);
    },
  };
}
