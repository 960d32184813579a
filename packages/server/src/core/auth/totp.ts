import { hash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** One step either way: a phone's clock may be half a minute off. */
const WINDOW = 1;
const RECOVERY_CODES = 10;

export interface TotpSeed {
  /** Base 32, for typing. */
  readonly secret: string;
  /** `otpauth://…`, for the QR code. */
  readonly uri: string;
}

export function newTotpSeed(account: string): TotpSeed {
  const totp = build(new Secret({ size: 20 }).base32, account);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/**
 * The time step (30 s since 1970) of a code, or undefined when it fits none near `now` (epoch ms) or its step is not
 * after `lastStep`: a code seen over someone's shoulder is worth nothing once used.
 */
export function totpStep(
  seed: string,
  code: string,
  { now, lastStep }: { now: number; lastStep: number },
): number | undefined {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  const delta = build(seed).validate({ token: digits, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
  return step > lastStep ? step : undefined;
}

/** Codes of 80 random bits, `xxxx-xxxx-xxxx-xxxx`: no dictionary holds them, so a plain hash protects them. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const text = new Secret({
      buffer: new Uint8Array(randomBytes(10)).buffer,
    }).base32.toLowerCase();
    return text.match(/.{4}/g)!.join('-');
  });
}

export function recoveryCodeHash(code: string): string {
  return hash('sha256', code.toLowerCase().replace(/[^a-z2-7]/g, ''), 'hex');
}

function build(seed: string, account?: string): TOTP {
  return new TOTP({
    issuer: 'Kizashi',
    secret: Secret.fromBase32(seed),
    period: PERIOD_SECONDS,
    ...(account !== undefined && { label: account }),
  });
}
