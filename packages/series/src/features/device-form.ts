import type { ColumnGroup } from './feature.ts';

/** How a group of columns is computed on a GPU: which kernel, and what it is told. Without one the processor computes it. */
export type DeviceForm =
  /** mean, std, min, max, median, q25, q75 of the last `window` values where at least `least` are there. */
  | { readonly kernel: 'window-statistics'; readonly window: number; readonly least: number }
  /** iqr, deviation and z-score of the newest value within the same window. */
  | { readonly kernel: 'window-place'; readonly window: number; readonly least: number }
  /** Skewness and kurtosis of full windows. */
  | { readonly kernel: 'window-shape'; readonly window: number }
  /** Correlation of y(t) with y(t − 1) over full windows. */
  | { readonly kernel: 'window-correlation'; readonly window: number }
  /** Value, difference and relative change for each lag. */
  | { readonly kernel: 'lags'; readonly lags: readonly number[] }
  /** z-score and distance to the quartiles of the `window` values before t, and whether they are beyond a limit. */
  | {
      readonly kernel: 'window-anomaly';
      readonly window: number;
      readonly limits: { readonly zscore: number; readonly iqr: number };
    }
  /** Scores of rows y(t), y(t − 1), … in an isolation forest of the whole series. */
  | {
      readonly kernel: 'isolation';
      readonly lags: number;
      readonly trees: number;
      readonly sampleSize: number;
      readonly seed: number;
    }
  /** Places on circles of year, month and week, behind the columns of `dates`, which are whole numbers. */
  | { readonly kernel: 'calendar-circles'; readonly dates: ColumnGroup }
  /** Sines and cosines of a day for each period and order. */
  | {
      readonly kernel: 'fourier';
      readonly terms: readonly { readonly period: number; readonly order: number }[];
    }
  | { readonly kernel: 'matrix-profile'; readonly window: number };
