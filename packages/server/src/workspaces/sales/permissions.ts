import type { PermissionTable } from '../../core/auth/permissions.ts';

export const salesPermissions = {
  /** See figures and the list of imports. */
  'sales.read': ['analyst', 'viewer'],
  /** Upload, import, cancel and undo. */
  'sales.import': ['analyst'],
  /** Download the lines themselves. */
  'sales.export': ['analyst'],
} as const satisfies PermissionTable;
