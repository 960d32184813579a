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
export const flag = z.union([
  z.boolean(),
  z
    .enum(['true', 'false', 'on', 'off', 'yes', 'no', '1', '0'])
    .transform((text) => ['true', 'on', 'yes', '1'].includes(text)),
]);

export const wholeNumber = z.coerce.number().int();

/** A list from `a,b` or from a YAML sequence. */
export const list = z.union([
  z.array(z.string()),
  z.string().transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]);
