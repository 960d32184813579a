import { describe, expect, it } from 'vitest';
import { anomaly } from '../features/anomaly/anomaly.ts';
import { calendar } from '../features/calendar/calendar.ts';
import { parametersOf } from '../features/extract.ts';
import type { ColumnSet } from '../features/feature.ts';
import { lags } from '../features/lags/lags.ts';
import { rolling } from '../features/rolling/rolling.ts';
import { rollingWindows } from '../features/rolling/rolling-windows.ts';
import { columnJobs, LONGEST_WINDOW } from './column-jobs.ts';

function namesOnDevice(set: ColumnSet, overrides = {}): string[] {
  return set
    .groups(parametersOf(set, overrides))
    .filter((group) => group.device?.kernel === 'isolation' || columnJobs(group))
    .flatMap((group) => group.columns.map(({ name }) => name));
}

describe('what a GPU computes', () => {
  it('is every column of rolling statistics, lags and calendar', () => {
    for (const [set, overrides] of [
      [rolling, {}],
      [lags, { summaries: false }],
      [calendar, {}],
    ] as const) {
      const all = set
        .groups(parametersOf(set, overrides))
        .flatMap((group) => group.columns.map(({ name }) => name));
      expect(namesOnDevice(set, overrides)).toEqual(all);
    }
  });

  it('is not what one pass over a series gives at no cost', () => {
    const names = namesOnDevice(rollingWindows);
    expect(names).toContain('zscore_90');
    expect(names).toContain('rolling_autocorr1_30');
    expect(names.filter((name) => /^(expanding|ewm)/.test(name))).toEqual([]);
    expect(namesOnDevice(anomaly)).toEqual([
      'zscore',
      'zscore_anomaly',
      'iqr_distance',
      'iqr_anomaly',
      'isolation_forest_y',
      'isolation_forest_y_lag1_lag2',
    ]);
  });

  it('is not a window longer than the processor is slower for', () => {
    expect(namesOnDevice(rolling, { windows: [LONGEST_WINDOW, LONGEST_WINDOW + 1] })).toHaveLength(
      7,
    );
  });

  it('is cut into dispatches of a bounded number of columns', () => {
    const steps = Array.from({ length: 20 }, (_, i) => i + 1);
    const [group] = lags.groups({ lags: steps, summaries: false });
    expect(columnJobs(group!)!.map(({ outputs }) => outputs)).toEqual([16, 16, 8]);
  });
});
