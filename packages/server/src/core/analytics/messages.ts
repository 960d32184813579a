import type { AnalyticsValue } from './analytics.ts';

/** What the analytics thread is started with. */
export interface EngineOptions {
  /** Folder of the cache file. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly memoryMb: number;
  readonly threads: number;
  /** Modules exporting `facts` (see FactSource). */
  readonly factSources: readonly string[];
}

export type EngineRequest =
  | {
      readonly id: number;
      readonly type: 'query';
      readonly sql: string;
      readonly values: readonly AnalyticsValue[];
    }
  | { readonly id: number; readonly type: 'sync'; readonly timeZone: string }
  | { readonly id: number; readonly type: 'close' };

/** A request without its number. */
export type EngineCall = EngineRequest extends infer R
  ? R extends EngineRequest
    ? Omit<R, 'id'>
    : never
  : never;

export type EngineReply =
  | { readonly type: 'opened'; readonly version: number }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly reason: string }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn';
      readonly fields: object;
      readonly event: string;
    };
