import type { PermissionTable } from '../../core/auth/permissions.ts';

export const featuresPermissions = {
  /** See series, runs, values and the catalogue. */
  'features.read': ['analyst', 'viewer'],
  /** Upload and store series. */
  'features.import': ['analyst'],
  /** Start, pause, resume and cancel runs. */
  'features.run': ['analyst'],
  /** Download whole tables. */
  'features.export': ['analyst'],
} as const satisfies PermissionTable;
