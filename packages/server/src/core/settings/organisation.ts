import type { Config } from '../config/config.ts';
import { fromJson, type Json, toJson } from '../db/columns.ts';
import type { Database } from '../db/database.ts';
import { upsert } from '../db/write.ts';
import type { Messages } from '../ws/messages.ts';
import { organisationSchema } from './contract.ts';
import { settingsErrors } from './errors.ts';
import type { OrganisationSettings, OrganisationValues } from './settings.ts';

/** Tells the other processes that a value changed. Not among the topics people may listen to. */
const TOPIC = 'core.settings';

type SettingsTables = {
  core_settings: { name: string; value: Json<unknown> };
};

export interface StoredSettings extends OrganisationSettings {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The organisation's choices on table core_settings, one row per value that was ever chosen. Read once and kept; other
 * processes hear of a change through `messages`.
 */
export function createOrganisationSettings(options: {
  db: Database;
  config: Pick<Config, 'registration'>;
  messages: Pick<Messages, 'publish' | 'subscribe'>;
}): StoredSettings {
  const { db, messages } = options;
  const defaults: OrganisationValues = {
    name: 'Kizashi',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: 'USD',
    fiscalYearStartMonth: 1,
    weekStartsOn: 1,
    registration: options.config.registration,
  };
  const query = db.query.withTables<SettingsTables>();
  const listeners = new Set<(values: OrganisationValues) => void>();
  let current: OrganisationValues | undefined;
  let unsubscribe: (() => void) | undefined;

  async function load(): Promise<OrganisationValues> {
    const rows = await query.selectFrom('core_settings').selectAll().execute();
    const stored = Object.fromEntries(rows.map(({ name, value }) => [name, fromJson(value)]));
    return Object.freeze(organisationSchema.parse({ ...defaults, ...stored }));
  }

  async function refresh(): Promise<OrganisationValues> {
    const before = current;
    const after = await load();
    current = after;
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(after)) {
      for (const listener of listeners) listener(after);
    }
    return after;
  }

  return {
    get: async () => current ?? refresh(),
    async set(change) {
      check(change);
      // A first change is a change too: listeners compare with what was valid before.
      current ??= await load();
      const rows = Object.entries(change)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ name, value: toJson(value) }));
      await upsert(db.query, {
        table: 'core_settings',
        rows,
        key: ['name'],
        update: ['value'],
      });
      const values = await refresh();
      await messages.publish(TOPIC, {});
      return values;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      unsubscribe = messages.subscribe(TOPIC, () => {
        // Should the database be away just now, the next reader asks it again.
        refresh().catch(() => {
          current = undefined;
        });
      });
      await refresh();
    },
    async stop() {
      unsubscribe?.();
    },
  };
}

function check({ timeZone, currency }: Partial<OrganisationValues>): void {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw settingsErrors.SETTINGS_TIME_ZONE_UNKNOWN({ timeZone });
  }
  if (currency !== undefined && !Intl.supportedValuesOf('currency').includes(currency)) {
    throw settingsErrors.SETTINGS_CURRENCY_UNKNOWN({ currency });
  }
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets such as `+09:00` are accepted too, but have no daylight saving and no name.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
