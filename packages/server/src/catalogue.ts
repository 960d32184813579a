import { alertsErrors } from './core/alerts/errors.ts';
import { alertsMigrations } from './core/alerts/migrations.ts';
import { alertsPermissions } from './core/alerts/permissions.ts';
import { analysesErrors } from './core/analyses/errors.ts';
import { analysesPermissions } from './core/analyses/permissions.ts';
import { analyticsErrors } from './core/analytics/errors.ts';
import { anomaliesErrors } from './core/anomalies/errors.ts';
import { auditMigrations } from './core/audit/migrations.ts';
import { auditPermissions } from './core/audit/permissions.ts';
import { authErrors } from './core/auth/errors.ts';
import { authMigrations } from './core/auth/migrations.ts';
import { authPermissions, type PermissionTable } from './core/auth/permissions.ts';
import { clustersErrors } from './core/clusters/errors.ts';
import { computeErrors } from './core/compute/errors.ts';
import { coreSettings } from './core/config/core-settings.ts';
import { coreErrors } from './core/core-errors.ts';
import { customersErrors } from './core/customers/errors.ts';
import { databaseErrors } from './core/db/errors.ts';
import type { Migrations } from './core/db/migrate.ts';
import type { ErrorCatalogue } from './core/errors.ts';
import { forecastErrors } from './core/forecast/errors.ts';
import { httpErrors } from './core/http/errors.ts';
import { idempotencyMigrations } from './core/http/idempotency-store.ts';
import { jobsMigrations } from './core/jobs/embedded/migrations.ts';
import { jobsErrors } from './core/jobs/errors.ts';
import { jobsPermissions } from './core/jobs/permissions.ts';
import { measuresErrors } from './core/measures/errors.ts';
import { notifyErrors } from './core/notify/errors.ts';
import { notifyMigrations } from './core/notify/migrations.ts';
import { notifyPermissions } from './core/notify/permissions.ts';
import { seriesSourceErrors } from './core/series-source/errors.ts';
import { settingsErrors } from './core/settings/errors.ts';
import { settingsMigrations } from './core/settings/migrations.ts';
import { settingsPermissions } from './core/settings/permissions.ts';
import { stockErrors } from './core/stock/errors.ts';
import { uploadErrors } from './core/upload/errors.ts';
import { wsErrors } from './core/ws/errors.ts';
import { workspaces } from './workspaces/index.ts';

// What the slices declare, gathered once: read before anything is started, and by the generators of the reference pages.

const ofWorkspaces = <K extends 'migrations' | 'errors' | 'permissions' | 'settings'>(key: K) =>
  Object.assign({}, ...workspaces.map((workspace) => workspace[key]));

/** In the order in which they run: a slice after those whose tables it refers to. */
export const migrations: Migrations = {
  ...authMigrations,
  ...auditMigrations,
  ...idempotencyMigrations,
  ...settingsMigrations,
  ...jobsMigrations,
  ...notifyMigrations,
  ...alertsMigrations,
  ...ofWorkspaces('migrations'),
};

export const errorCatalogue: ErrorCatalogue = {
  ...coreErrors.catalogue,
  ...databaseErrors.catalogue,
  ...httpErrors.catalogue,
  ...authErrors.catalogue,
  ...settingsErrors.catalogue,
  ...jobsErrors.catalogue,
  ...wsErrors.catalogue,
  ...clustersErrors.catalogue,
  ...stockErrors.catalogue,
  ...computeErrors.catalogue,
  ...analyticsErrors.catalogue,
  ...analysesErrors.catalogue,
  ...measuresErrors.catalogue,
  ...forecastErrors.catalogue,
  ...alertsErrors.catalogue,
  ...anomaliesErrors.catalogue,
  ...notifyErrors.catalogue,
  ...uploadErrors.catalogue,
  ...seriesSourceErrors.catalogue,
  ...customersErrors.catalogue,
  ...ofWorkspaces('errors'),
};

export const permissions: PermissionTable = {
  ...authPermissions,
  ...auditPermissions,
  ...settingsPermissions,
  ...jobsPermissions,
  ...alertsPermissions,
  ...analysesPermissions,
  ...notifyPermissions,
  ...ofWorkspaces('permissions'),
};

export const settingTable: typeof coreSettings = { ...coreSettings, ...ofWorkspaces('settings') };
