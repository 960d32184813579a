import type { Migration } from 'kysely/migration';
import { imports } from './0001-imports.ts';

export const salesMigrations: Readonly<Record<string, Migration>> = {
  'sales/0001-imports': imports,
};
