export const roles = ['administrator', 'analyst', 'operator', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Permission → the roles that hold it. An administrator holds every permission and is not listed. */
export type PermissionTable = Readonly<Record<string, readonly Exclude<Role, 'administrator'>[]>>;

/** What a role may do, over the tables of all slices. */
export function permissionsOf(role: Role, table: PermissionTable): ReadonlySet<string> {
  const names = Object.keys(table);
  if (role === 'administrator') return new Set(names);
  return new Set(names.filter((name) => table[name]?.includes(role)));
}

/** Users, invitations and reset links. Everything about one's own account needs only to be signed in. */
export const authPermissions = { 'users.manage': [] } as const satisfies PermissionTable;
