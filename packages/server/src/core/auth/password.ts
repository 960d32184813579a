import { hash, verify } from '@node-rs/bcrypt';

/** bcrypt ignores what follows; such a password was never accepted, so it must not match by its beginning. */
const MAX_BYTES = 72;

/** Password hashing on native threads, so the event loop stays free for its quarter of a second. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** `stored` undefined (no such account) takes as long as a wrong password. */
  matches(password: string, stored: string | undefined): Promise<boolean>;
  /** True when the hash was made with another work factor than today's. */
  isOutdated(stored: string): boolean;
}

export function createPasswords({ cost }: { cost: number }): Passwords {
  const decoy = hash('no account has this password', cost);
  // A failure shows where the decoy is awaited.
  decoy.catch(() => undefined);
  return {
    hash: (password) => hash(password, cost),
    async matches(password, stored) {
      const fits = Buffer.byteLength(password) <= MAX_BYTES;
      const same = await verify(fits ? password : '', stored ?? (await decoy));
      return same && fits && stored !== undefined;
    },
    isOutdated: (stored) => Number(stored.split('$')[2]) !== cost,
  };
}
