export const roles = ['administrator', 'analyst', 'operator', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Permission → the roles that hold it. An administrator holds every permission and is not listed. */
export type PermissionTable = Readonly<Record<string, readonly Exclude<Role, 'administrator'>[]>>;
