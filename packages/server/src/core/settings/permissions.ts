import type { PermissionTable } from '../auth/permissions.ts';

export const settingsPermissions = { 'settings.manage': [] } as const satisfies PermissionTable;
