/** The page exists, but the person does not hold what it asks for. */
export class PermissionMissing extends Error {
  constructor(permission: string) {
    super(`permission ${permission} is missing`);
    this.name = 'PermissionMissing';
  }
}
