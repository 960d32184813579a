import type { Migration } from 'kysely/migration';
import { features } from './0001-features.ts';

export const featuresMigrations: Readonly<Record<string, Migration>> = {
  'features/0001-features': features,
};
