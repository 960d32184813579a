import { hash } from 'node:crypto';

/**
 * What is stored of a 256-bit random secret. Guessing one is hopeless, so a fast hash is enough; whoever reads the
 * database still cannot sign in with it.
 */
export function secretHash(secret: string): string {
  return hash('sha256', secret, 'hex');
}
