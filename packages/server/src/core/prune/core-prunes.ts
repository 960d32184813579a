import { alertsPrune } from '../alerts/prune.ts';
import { auditPrune } from '../audit/prune.ts';
import { authPrunes } from '../auth/prune.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/database.ts';
import { keptRepliesPrune } from '../http/idempotency-store.ts';
import { deliveriesPrune } from '../notify/prune.ts';
import type { Prune } from './prune.ts';

const DAY_MS = 86_400_000;

/** What the core forgets, and after how long. Ended tasks are not among it: each queue removes its own. */
export function corePrunes(db: Database, config: Config): Prune[] {
  return [
    ...authPrunes(db, config),
    keptRepliesPrune(db),
    deliveriesPrune(db, config.retentionDeliveryDays * DAY_MS),
    alertsPrune(db, config.retentionAlertDays * DAY_MS),
    auditPrune(db, config.retentionAuditDays * DAY_MS),
  ];
}
