import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A 26-character identifier that sorts by creation time (48 bits of milliseconds, 80 random bits;
 * Crockford base 32 as in the ULID specification, lower case). Made by us on every engine, so that
 * no INSERT depends on RETURNING, which MariaDB ignores silently.
 */
export function createId(now: number = Date.now()): string {
  let random = '';
  for (const byte of randomBytes(16)) random += ALPHABET[byte & 31];
  return timePart(now) + random;
}

/** Sorts before every identifier made at `time` or later, and behind all that were made earlier. */
export function firstIdAt(time: number): string {
  return timePart(Math.max(0, time));
}

function timePart(now: number): string {
  let time = '';
  for (let rest = now, i = 0; i < 10; i++) {
    time = ALPHABET[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  return time;
}

/** 256 random bits as 43 URL-safe characters: session ids, API tokens, one-time links. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}
