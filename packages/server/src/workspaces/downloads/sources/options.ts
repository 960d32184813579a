import type { SourceName } from '../contract.ts';
import type { ExchangeOptions } from './exchange.ts';

/** What every source is made with. */
export interface SourceOptions
  extends Pick<
    ExchangeOptions,
    | 'agent'
    | 'token'
    | 'proxy'
    | 'allowPrivate'
    | 'clock'
    | 'after'
    | 'random'
    | 'onRequest'
    | 'timeoutMs'
  > {
  /** Path of this server that answers with the picture at `url` of a source. */
  readonly previewPath: (source: SourceName, url: string) => string;
}
