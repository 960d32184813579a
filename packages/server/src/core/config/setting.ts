import { z } from 'zod';

/** One setting: its type and default (a zod schema), what it means, and its unit where it has one. */
export interface Setting {
  readonly schema: z.ZodType;
  readonly description: string;
  readonly unit?: string;
  /** Never printed, logged or shown. */
  readonly secret?: boolean;
}

export type SettingTable = Readonly<Record<string, Setting>>;

/** `sessionIdleMinutes` → `KIZASHI_SESSION_IDLE_MINUTES`. */
export function environmentName(setting: string): string {
  return `KIZASHI_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** A boolean as environments and files write it. */
export const flag = z.preprocess(
  (value) => (typeof value === 'boolean' ? String(value) : lowerCase(value)),
  z
    .enum(['true', 'false', 'on', 'off', 'yes', 'no', '1', '0'])
    .transform((text) => ['true', 'on', 'yes', '1'].includes(text)),
);

/** A whole number, written in digits: an empty text, `1e3` or `true` is a mistake and not a number. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  const digits = (value: unknown) =>
    typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  return z.preprocess(digits, z.int().min(min).max(max));
}

/** One or more of `values`, as `a,b` or as a YAML sequence. */
export function listOf<const V extends readonly [string, ...string[]]>(values: V) {
  const split = (value: unknown) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
      : value;
  return z.preprocess(split, z.array(z.enum(values)).min(1));
}

/** An address that begins with one of these, e.g. `smtp://`. */
export function addressOf(...beginnings: readonly [string, ...string[]]) {
  return z.string().refine((text) => beginnings.some((beginning) => text.startsWith(beginning)), {
    error: ADDRESS,
    params: { beginnings: beginnings.join(', ') },
  });
}

/** Told in the reader's language by `problemText`. */
const ADDRESS = 'address';
const localeErrors = { en: z.locales.en().localeError, ja: z.locales.ja().localeError };

/**
 * What is wrong with a value, or undefined when it fits. Says what is expected and never what was given: that may be
 * secret.
 */
export function problemText(
  setting: Setting,
  value: unknown,
  locale: 'en' | 'ja',
): string | undefined {
  const { error } = setting.schema.safeParse(value, { error: localeErrors[locale] });
  return error?.issues
    .map((issue) => {
      if (issue.code !== 'custom' || issue.message !== ADDRESS) return issue.message;
      const { beginnings } = issue.params as { beginnings: string };
      return locale === 'ja'
        ? `次のいずれかで始まる必要があります: ${beginnings}`
        : `must start with one of: ${beginnings}`;
    })
    .join('; ');
}

function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}
