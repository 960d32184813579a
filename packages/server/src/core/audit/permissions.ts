import type { PermissionTable } from '../auth/permissions.ts';

export const auditPermissions = { 'audit.read': [] } as const satisfies PermissionTable;
