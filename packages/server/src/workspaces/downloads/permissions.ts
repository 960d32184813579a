import type { PermissionTable } from '../../core/auth/permissions.ts';

export const downloadsPermissions = {
  /** See the queue, the library, analytics and the optimiser. */
  'downloads.read': ['analyst', 'operator', 'viewer'],
  /** Search, queue, pause, resume, cancel, retry; check a file again. */
  'downloads.run': ['analyst', 'operator'],
  /** Settings, tokens of the sources, removing files of the library. */
  'downloads.manage': ['operator'],
  /** Let a file out of quarantine. */
  'downloads.release': ['operator'],
} as const satisfies PermissionTable;
