import type { PermissionTable } from '../auth/permissions.ts';

export const alertsPermissions = {
  'alerts.read': ['analyst', 'operator', 'viewer'],
  'alerts.write': ['analyst'],
  'alerts.acknowledge': ['analyst', 'operator'],
} as const satisfies PermissionTable;
