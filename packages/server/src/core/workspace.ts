import type { FastifyPluginAsync } from 'fastify';
import type { Registry } from 'prom-client';
import type { Analytics } from './analytics/analytics.ts';
import type { Audit } from './audit/audit.ts';
import type { PermissionTable } from './auth/permissions.ts';
import type { SecretBox } from './auth/secret-box.ts';
import type { Clock } from './clock.ts';
import type { Compute } from './compute/compute.ts';
import type { Config, SettingTable } from './config/config.ts';
import type { Database } from './db/database.ts';
import type { Migration } from './db/migrate.ts';
import type { ErrorCatalogue } from './errors.ts';
import type { Events } from './events.ts';
import type { JobDefinition, Queue } from './jobs/queue.ts';
import type { Logger } from './log.ts';
import type { Measure } from './measures/measure.ts';
import type { Notifier } from './notify/notifier.ts';
import type { Prune } from './prune/prune.ts';
import type { OrganisationSettings } from './settings/settings.ts';
import type { Messages, TopicDefinition } from './ws/messages.ts';

/** What the core lends to a workspace. */
export interface Core {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly db: Database;
  /** Address of that database, for worker threads that open a connection of their own. */
  readonly databaseUrl: string;
  readonly queue: Queue;
  readonly messages: Messages;
  readonly compute: Compute;
  readonly analytics: Analytics;
  readonly settings: OrganisationSettings;
  readonly audit: Audit;
  readonly events: Events;
  readonly notifier: Notifier;
  /** What `GET /metrics` shows. */
  readonly registry: Registry;
  /** For secrets that must be read again. */
  readonly box: SecretBox;
  /** Of this product, as sources and programs outside are told it. */
  readonly version: string;
  /** Address that people are told, without `/` at its end; of links in messages. */
  readonly publicUrl: () => string;
}

/**
 * A workspace on one page. The static part is read before anything is started (migrations, reference pages,
 * permission checks); `create` builds the running part from the core's services.
 */
export interface Workspace {
  readonly name: string;
  readonly permissions: PermissionTable;
  readonly errors: ErrorCatalogue;
  readonly settings: SettingTable;
  readonly migrations: Readonly<Record<string, Migration>>;
  readonly topics: readonly TopicDefinition[];
  /** Module whose `sync` copies this workspace's facts into the column cache. */
  readonly facts?: URL;
  create(core: Core): RunningWorkspace;
}

export interface RunningWorkspace {
  readonly routes: FastifyPluginAsync;
  // biome-ignore lint/suspicious/noExplicitAny: a list of jobs with different payloads has no common type parameter
  readonly jobs: readonly JobDefinition<any>[];
  readonly measures: readonly Measure[];
  /** What of its own may go when it is old. */
  readonly prunes?: readonly Prune[];
  /** After migrations, before the first request. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
}
