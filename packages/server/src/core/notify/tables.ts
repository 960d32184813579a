import type { Flag, Json } from '../db/columns.ts';
import type { Locale, StoredFailure } from '../errors.ts';
import type { RenderedMessage, Severity } from './channel.ts';

export type NotifyTables = {
  core_channels: {
    id: string;
    kind: string;
    name: string;
    enabled: Flag;
    locale: Locale;
    quiet_hours: Json<QuietHours> | null;
    /** Where it goes, fit to be shown; kept so that a list needs no secret opened. */
    target: string;
    options: Json<Record<string, unknown>>;
    secrets: string;
    created_at: number;
  };
  core_deliveries: {
    id: string;
    channel_id: string;
    dedupe_key: string;
    severity: Severity;
    subject: string;
    message: Json<RenderedMessage>;
    /** `suppressed`: the channel was off or gone. */
    state: 'waiting' | 'sent' | 'failed' | 'suppressed';
    attempts: number;
    reason: Json<StoredFailure> | null;
    /** Not before. While somebody sends it, the time until which nobody else may. */
    send_at: number;
    created_at: number;
    sent_at: number | null;
  };
};

/** Local times `HH:MM`; `from` later than `to` spans midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}
