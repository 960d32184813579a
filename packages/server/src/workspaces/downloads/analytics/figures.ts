import type { DownloadAnalytics } from '../contract.ts';
import type { FailurePattern } from './failure-pattern.ts';
import type { Recommendation } from './recommendations.ts';

/** An analysis before it is put in words: what the worker thread gives. */
export type AnalyticsFigures = Omit<DownloadAnalytics, 'failures' | 'recommendations'> & {
  readonly failures: readonly {
    readonly code: string;
    /** As the last failure of this kind told it; null when it kept no words. */
    readonly message: { readonly en: string; readonly ja: string } | null;
    readonly count: number;
    readonly hosts: readonly string[];
    readonly lastAt: number;
    readonly pattern: FailurePattern;
  }[];
  readonly recommendations: readonly Recommendation[];
};
