import type { PermissionTable } from '../auth/permissions.ts';

export const analysesPermissions = {
  'analyses.run': ['analyst'],
} as const satisfies PermissionTable;
