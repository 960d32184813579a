import type { PermissionTable } from '../auth/permissions.ts';
import type { TopicDefinition } from '../ws/messages.ts';

export const jobsPermissions = {
  'tasks.read': ['operator', 'analyst'],
  'tasks.manage': ['operator'],
} as const satisfies PermissionTable;

export const tasksTopic = {
  name: 'tasks',
  permission: 'tasks.read',
} as const satisfies TopicDefinition;
