import type { PermissionTable } from '../auth/permissions.ts';

export const notifyPermissions = {
  'channels.manage': ['operator'],
} as const satisfies PermissionTable;
