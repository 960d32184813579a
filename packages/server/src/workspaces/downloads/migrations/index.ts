import type { Migration } from 'kysely/migration';
import { downloadsAnalyticsMigrations } from '../analytics/migrations.ts';
import { downloadsOptimiserMigrations } from '../optimiser/migrations.ts';
import { queueMigration } from './0001-queue.ts';
import { libraryMigration } from './0002-library.ts';

export const downloadsMigrations: Readonly<Record<string, Migration>> = {
  'downloads/0001-queue': queueMigration,
  'downloads/0002-library': libraryMigration,
  ...downloadsAnalyticsMigrations,
  ...downloadsOptimiserMigrations,
};
